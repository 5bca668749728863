import Console

let a = (1, 2).first
let b (x : Int) = x.size
let c = Console.read_line.length
