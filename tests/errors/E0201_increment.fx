let f (n : Int) : Int =
  n++
