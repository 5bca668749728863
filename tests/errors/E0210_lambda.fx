import List

let f (xs : List Int) = List.map (lambda x: x + 1) xs
let g (xs : List Int) = List.map (func(x) { return x + 1 }) xs
let h = fn x -> x
