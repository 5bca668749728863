let first_or (default : Int) (xs : List Int) : Int =
  match xs
  | [] -> default
  x :: _ -> x

let or_zero (found : Option Int) : Int =
  match found
  | None -> 0
  Some n -> n
