effect Ask =
  ask Int -> Int
