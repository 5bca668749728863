type Light = Red | Green | Blink Int

let f (o : Option Int) : String =
  match o
  | Ok _ -> "yes"
  | Err _ -> "no"

let g (l : Light) : String =
  match l
  | True -> "yes"
  | False -> "no"
