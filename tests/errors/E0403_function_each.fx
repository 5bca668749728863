let area (width : Int) (height : Int) : Int =
  let side = fun (n : Int) -> n
  side * width + side * height

let ring (width : Int) : Bool =
  let side = fun (n : Int) (m : Int) -> n + m
  side * width > 3
