let name (n : Int) : String =
  if n == 0:
    "none"
  else:
    "some"
