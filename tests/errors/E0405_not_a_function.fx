let size = 3
let a = size 4
let b = "text" 1
let c = None 1
