let add (a : Int, b : Int) : Int = a + b

let sum : Int = add 1 2
