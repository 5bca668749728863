import List

let raised (xs : List Int) : List Int = List.map (fun x : Int -> x + 1) xs
