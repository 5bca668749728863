import String

let f (s : String) = String.split ',' s
let g (s : String) : Int = s
let h (s : String) : Float = s
let i : Int = "1"
