let doubled (xs : List Int) : List Int = Lisst.map (fun x -> x + x) xs

let count (xs : List Int) : Int = Lisst.length (Lisst.filter (fun x -> x > 0) xs)
