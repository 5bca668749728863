import List

let raised (xs : List Int) : List Int = List.map (x -> x + 1) xs
let sums (xs : List (Int, Int)) : List Int = List.map ((x, y) -> x + y) xs
let increment = x -> x + 1
let shown (xs : List Int) : List String = xs |> List.map x -> show x
