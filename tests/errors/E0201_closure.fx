import List

let f (xs : List Int) : List Int = List.map (|x| x + 1) xs
