type Point = { x : Int, y : Int }
type Circle a = { centre : Point, radius : a }

let origin = { x = 0, y = 0 }
let circle radius = { radius, centre = origin }
let move dx p = { p with x = p.x + dx }
let area c = c.radius * c.radius
let left { centre = { x }, radius } = x - radius
let grown (c : Circle Float) = { c with radius = c.radius * 2.0, centre = move 1 c.centre }
let update f c = { c with centre = f c.centre }
