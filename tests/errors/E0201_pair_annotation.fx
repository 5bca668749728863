let add (x, y : Int) : Int = x + y
