type Shape = Circle of Float | Square of Float

let area (shape : Shape) : Float =
  match shape
  | Circle radius -> radius * radius * 3.14
  | Square side -> side * side

let unit_circle : Shape = Circle 1.0
