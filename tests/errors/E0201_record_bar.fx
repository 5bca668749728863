type P = { x : Int, y : Int }

let f (p : P) : P = { p | x = 1 }
