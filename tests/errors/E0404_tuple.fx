let add (both : (Int, Int)) : Int =
  match both
  | (a, b) -> a + b

let sum : Int = add 1 2
