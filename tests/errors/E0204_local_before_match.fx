let name (n : Int) (m : Int) : String =
  let number
    match n
    | 0 -> m
    | _ -> n
  show number
