// A line that begins with an operator goes on with the item above, even in its column.

let pipe x =
  x
  |> f
  |> g

let under_let =
  let y = a
    + b
  y
  - c

let deeper_than_let =
    a
  + b

let minus f =
  f -1

let after_block =
  f <| fun x ->
    g x
    |> h

let lines =
  a
    b
  ++ c
  :: d
