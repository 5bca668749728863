let apply throw x = throw x + missing
let g (fn : Int -> Int) x = fn x
let h func x = func x
let i = fun raise y -> raise y
let j is x = is x
