import Int

let pair (a : Int) (b : Int) : (Int, Int) = (a, b)

let three : Int = Int.abs -3
let first : (Int, Int) = pair -3 2
let second : (Int, Int) = pair 3 -2
