let number =
  3 : Int
