import Shapes

alias Web = {Shapes.Draw}

let make (x : Int) : Int ! {Web} =
  let shape = { width = x, height = x }
  ret shape.width
