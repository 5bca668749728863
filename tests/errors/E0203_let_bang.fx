let area (r : Int) : Int ! e =
  let! square = ret (r * r)
