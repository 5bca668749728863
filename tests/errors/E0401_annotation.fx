let count : Int = "three"
let double (x : Int) : String = x * 2
let pair (a : Int) : (Int, List String) = (a, [a])
let f x =
  let y : Float = x + 1
  y
