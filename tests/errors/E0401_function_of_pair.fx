let twice f x = f (f x)
let y = twice (fun (a,b) -> a + b) 3
