type Pair a b = { left : a, right : b }

let f (x : List) = x
let g (x : Pair Int) = x
let h (x : Option Int String) = x
let i (x : Int String) = x
