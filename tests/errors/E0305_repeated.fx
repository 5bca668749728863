import List

let total (numbers : List Int) : Int = List.sum nubmers + List.length nubmers
let longest (numbers : List Int) : Int = List.lenght nubmers + List.lenght numbers

type Answer = Yes | No

let f (a : Answer) : Int =
  match a
  | Yess -> 1
  | No -> 0

let g : Answer = Yess
let h : Answer = Yess
let i : Answer = Yess
let j : Answer = Yess
