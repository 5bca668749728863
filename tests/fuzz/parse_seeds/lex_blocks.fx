// A block opens after =, ->, then, else, runs, with.

let same_line = a b

let same_line_goes_on = a
  b
    c

let own_line =
  a
  b
    c
  d

let let_in_line = let x = a in let y = b in f x y

let nested =
  let outer =
    let inner = a
    inner
  outer

let functions =
  f (fun x ->
    g x
    h x) (fun y -> y)

let last_argument = f <| fun x ->
  g x
  h x

let let_bang =
  let! x = a and! y = b
  let! z =
    c
  and! w =
    d
  do! e
  f x y z w
