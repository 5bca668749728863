let greet (name : String) (times : Int) : String = name ++ show times

let a = greet "Ada" "twice"
let b = greet 3 4
