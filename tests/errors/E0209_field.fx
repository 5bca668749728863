type Point = { x : Int }
let first (p : Point) : Int = p.X
