import List
import List

let largest = List.fold (fun a b -> if a > b then a else b) Int.min_value [1, 2]
