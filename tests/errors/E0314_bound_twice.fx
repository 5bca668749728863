let same pair =
  match pair
  | (a, a) -> True
  | _ -> False

let add x x = x + x
