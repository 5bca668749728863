type Point = (x : Int, y : Int)
