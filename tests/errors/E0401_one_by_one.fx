let sum (a : Int) (b : Int) : Int = a + b

let three : Int = sum (1, 2)
