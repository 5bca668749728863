let x :: Int = 3
