import CircleB

let a = 1
