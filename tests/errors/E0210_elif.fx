let sign (n : Int) : Int =
  if n < 0 then -1
  elif n == 0 then 0
  else 1
