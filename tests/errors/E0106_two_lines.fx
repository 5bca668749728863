let s = "one
  two"
let t = 1
