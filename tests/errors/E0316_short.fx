type P = { x : Int, y : Int }

let p = { x = 1, z = 2 }
let f (n : Int) = { n with x = 1 }
