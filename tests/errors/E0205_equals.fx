let name (day : Int) : String =
  match day
  | 0 = "Sunday"
  | _ = "another day"
