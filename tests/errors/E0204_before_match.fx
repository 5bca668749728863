let name (n : Int)
  match n
  | 0 -> "none"
  | _ -> "some"
