let f (xs : int list) : Int = 0
let g (xs : String option) : Int = 0
