import List

let total (xs : List Int) : Int = List.fold (+) 0 xs
let products (xs : List Int) (ys : List Int) : List Int = List.map2 (*) xs ys
let doubled (xs : List Int) : List Int = List.map (*2) xs
let differences (xs : List Int) (ys : List Int) : List Int = List.map2 (-) xs ys
