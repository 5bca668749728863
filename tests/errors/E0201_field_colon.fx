type Point = { x : Int, y : Int }
let origin = { x : 0, y : 0 }
