import list

let f (xs : List Int) = List.length xs
