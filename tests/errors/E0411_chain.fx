import List

let f (xs : List Int) = xs.map(fun x -> x + 1).filter(fun x -> x > 1)
let g (s : String) = s.len()
