import List

let f (xs : List Int) : Int = List.fold (fun x -> x + 1) 0 xs
let g (xs : List Int) : List Int = List.map (fun i x -> i + x) xs
let h (xs : List Int) : Int = List.fold (fun a i x -> a + i + x) 0 xs
