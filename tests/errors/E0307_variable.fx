import Console

let f (x : A) : A = x
let g (x : Missing) : Missing = x
let h (x : Strng) : Strng = x
