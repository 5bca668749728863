let (Some x) = Some 3
let first (x :: _) = x
let f xs =
  let [a, b] = xs
  a + b
