private let twice (n : Int) : Int
  let m = n + n
  m
