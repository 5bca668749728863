import List

// Words that the program gives a meaning are names.
let while (n : Int) (xs : List Int) : List Int = List.take n xs
let try (f : Int -> Int) (return : Int -> Int) : Int =
  return (f 1)

let taken =
  while 3 [1, 2]

let loop x =
  return x
