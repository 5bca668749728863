type Shape = Circle Float | Square Float
type Point = { x : Int, y : Int }

let area shape =
  match shape
  | Circel r -> r * r * 3.14
  | Square side -> side * side

let origin = Point 0 0
let nothing = Just 1
