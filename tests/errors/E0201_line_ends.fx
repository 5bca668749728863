let sum (a : Int) : Int =
  a +
let other = 1
