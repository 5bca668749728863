import List

let above_one (xs : List Int) = filter (fun x -> x > 1) xs
let g (xs : List Int) = List.reduce (fun a x -> a + x) 0 xs
let h (s : String) = trim s
let i (n : Int) = f"value \(n)"
