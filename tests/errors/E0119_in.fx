let area (r : Float) : Float =
  let pi = 3.14159 in
  pi * r * r
