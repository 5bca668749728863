import CircleB

let c = 3
