let swap (pair : (Int, Int)) : (Int, Int) =
  match pair
  | a, b -> (b, a)
