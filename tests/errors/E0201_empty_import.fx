import

let x : Int = 1
