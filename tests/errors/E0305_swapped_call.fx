import List

let half n = n / 2
let halves = List.half map [1, 2]

let lengths (texts : List (List Int)) = List.map (fun text -> List.text length) texts
