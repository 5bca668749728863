let find (key : String) : Option Int = if key == "a" then Some 1 else None

let a : Int = find "a" + 1
let b : Option Int = 3
let c : Result Int String = 3
