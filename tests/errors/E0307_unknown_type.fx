import Console

let f (n : Integer) = n
let g (s : Strin) = s
let h (x : Console) = x
