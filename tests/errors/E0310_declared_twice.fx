type Colour = Red | Green | Red
type Point = { x : Int, x : Int }

let size = 1
let size = 2

type Option a = Nothing | Just a
