import List

let sum (xs : List Int) : Int = List.fold (fun total x -> total + x) 9 0 xs
let fits (f : Int -> Int) : Int = List.fold (fun g x -> fun y -> g (x + y)) f [1, 2] 3
let joined (xs : List String) : String = List.fold (fun text x -> text ++ x) "" "," xs
