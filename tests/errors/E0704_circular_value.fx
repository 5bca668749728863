let a = b + 1
let b = f 2
let f n = a + n

let c = c + 1
