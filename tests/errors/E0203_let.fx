let area (r : Int) : Int =
  let square = r * r
