type Pair a b = { left : a, right : b }

let tuple (x : List String Int) = x
let triple (x : Option Int String Bool) = x
let nested (x : List Option Int) = x
let pair (x : Pair List Int String) = x
let plain (x : Int String) = x
let reversed (x : Int list) = x
