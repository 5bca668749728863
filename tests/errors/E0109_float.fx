let area (r : Float) : Float = 3.14 *. r *. r
