let a = 1 + 2.5
let b = 2.0 * 3
let c = "n = " ++ 3
let d (x : Int) (y : Float) = x + y
let e = 1 == "one"
let f = "total: " + "3"
let g = 3 ++ 4
let h = True && 1
