let largest (a : Int) (b : Int) : Int =
  if (a > b)
    a
  else
    b
