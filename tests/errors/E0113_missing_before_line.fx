let twice (a : Int) : Int =
  let double = (a + a
  let other = 1
  double
