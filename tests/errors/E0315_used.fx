let both (either : Either Int Int) : Int =
  match either
  | Left x | Right y -> x + y
