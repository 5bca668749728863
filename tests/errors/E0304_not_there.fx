import List (map, filtre, not)

let evens xs = filtre (fun x -> x % 2 == 0) (map (fun x -> x) xs)
