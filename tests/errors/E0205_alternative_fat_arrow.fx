let name (n : Int) : String =
  match n
  | 0 => "none"
  | _ => "some"
