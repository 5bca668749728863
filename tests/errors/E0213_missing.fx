extern effect Clock =
  now : Int
