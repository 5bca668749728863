import List

let area (name : String) (width : Int) (height : Int) (deep : Bool) : Int = if deep then width else height

let shifted = area 1 2 True
let other = area 1 "two" 3 True
let missing = List.map_pool (fun n -> ret n) [1]
