let add (a : Int) b = a + b

let x = add 1 2 3
let y = Some 1 2
let z = (fun a -> a + 1) 1 2
