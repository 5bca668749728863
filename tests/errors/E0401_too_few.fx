// That an argument is missing is not said besides.
let twice (f : a -> a) (x : a) : a = f (f x)

let three : Int = twice 3
