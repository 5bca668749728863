let sum (x : Int) : Int = x + y
  where y = 3

let product (x : Int) : Int =
  x * y
  where
    y = 3
