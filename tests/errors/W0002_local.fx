let f n =
  let unused = n + 1
  let _wanted = n + 2
  n

let g o =
  match o
  | Some value -> 1
  | None -> 0

let h n =
  let loop k = loop (k + 1)
  n
