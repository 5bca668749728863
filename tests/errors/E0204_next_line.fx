let twice (x : Int)
  x + x
