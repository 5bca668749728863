import Console

let f (c : Unit ! e) (x : e) = x
let g (x : {Console}) = x
