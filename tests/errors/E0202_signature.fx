double :: Int -> Int
double x = x * 2

val triple : int -> int
let triple x = x * 3

let four = double (triple 1)
