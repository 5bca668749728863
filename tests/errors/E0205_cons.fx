let sum (xs : List Int) : Int =
  match xs
  | [] -> 0
  | x : rest -> x + sum rest
