let sum (a : Int) (b : Int) : Int = (a + (b * 2)

let other = 1
