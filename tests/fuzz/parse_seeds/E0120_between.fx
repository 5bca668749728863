let first (a : Int) : Int =
    let b = a
  b
