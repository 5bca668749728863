import List

let next (x : Int) : Int = x + 1

let named = List.map [1] next
let unnamed = List.map [1] (fun x -> x + 1)
let folded = List.fold 0 (fun sum x -> sum + x) [1]
