let describe (n : Int) : String =
  match n
