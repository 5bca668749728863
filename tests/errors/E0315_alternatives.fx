type Shape = Circle Int | Square Int | Point

let size shape =
  match shape
  | Circle r | Square side -> r
  | Point -> 0
