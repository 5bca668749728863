import List
let f (xs : List Int) = xs.map(fun x -> x + 1)
