type P = { name : String }

let f (o : Option Int) = o ?? 3
let g (p : Option P) = p?.name
let h (r : Result Int String) = r?
let i (n : Int) : Int = n > 0 ? 1 : 0
