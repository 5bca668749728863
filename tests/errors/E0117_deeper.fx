let sign (n : Int) : String =
  match compare n 0
  | Less -> "negative"
    | Equal -> "zero"
  | Greater -> "positive"
