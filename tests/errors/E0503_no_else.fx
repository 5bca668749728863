let f (n : Int) : String =
  if n > 0 then
    "a"
  "b"

let g (n : Int) : Int =
  let m = n + 1
  if m > 2 then m
  n + 1
  m
