let add (n : Int) : Int =
  abs let m = n
