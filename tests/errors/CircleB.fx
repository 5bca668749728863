import CircleC

let b = 2
