let next (x : Int) : Int =
  x = x + 1
  x
