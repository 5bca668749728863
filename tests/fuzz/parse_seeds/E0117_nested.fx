let both (a : Option Int) (b : Option Int) : Int =
  match a
  | None -> 0
  | Some x ->
      match b
      | None -> x
     | Some y -> x + y
