let f (x : Int) : Int =
  return x
