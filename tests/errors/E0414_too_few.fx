let add (a : Int) b = a + b
let scale (x : Int) (y : Int) (z : Int) = x * y * z

let x : Int = add 1
let y = 1 + add 2
let z = if scale 1 > 3 then 1 else 2
