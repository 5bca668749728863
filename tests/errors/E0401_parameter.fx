import List

let total : Int = List.fold (fun (sum, x) -> sum + x) 0 [1, 2]
let names : List String = List.map (fun (name : String) -> name) [1, 2]
