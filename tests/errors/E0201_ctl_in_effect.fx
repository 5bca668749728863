effect Ask =
  ctl ask : Int
