type P = { x : Int, y : Int }

let f (p : P) : P = { ...p, x = 1 }
let g (xs : List Int) : List Int = [1, ...xs]
