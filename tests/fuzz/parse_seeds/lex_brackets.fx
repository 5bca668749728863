// A closing bracket closes the blocks opened inside it; ( before a line end opens a block.

let computation =
  f (
    do! a
    b
  ) (fun x ->
    c) [
      d,
      e
    ]

let tuple = (
  a,
  let x = b
  x
)

let record = {
  field = a,
  other = fun x -> x,
}

let list =
  [ a
  , b
  , fun x -> c
  ]

let update = { r with f = a, g = match b | A -> c }

let function (
    x : Int
  ) (y : a -> b) : Int = x
