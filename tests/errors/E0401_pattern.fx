let f (n : Int) =
  match n
  | Some x -> x
  | None -> 0

let g x =
  match x
  | 0 -> "zero"
  | "one" -> "one"
  | _ -> "many"

let (a, b) = (1, 2, 3)
