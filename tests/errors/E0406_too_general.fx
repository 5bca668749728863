let double (x : a) : a = x * 2
let swap (p : (a, b)) : (a, b) =
  match p
  | (x, y) -> (y, x)
let first (xs : List a) : a = 0
let outer x =
  let inner (y : b) : b = if True then x else y
  inner 1
