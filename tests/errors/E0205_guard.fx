let f (n : Int) : String =
  match n
  | x if x > 0 -> "positive"
  | _ -> "negative"
