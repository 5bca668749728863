let area (r : Float) : Float = 2 * r
let half (r : Float) : Float = r / 2
let k (n : Int) (r : Float) : Float = r * n
