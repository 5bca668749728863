import Console
import List

type Shape = Square Int | Named String Shape

let pair = Some 1 2
let triple = Ok 1 2 3
let call (f : Int -> Int) = Some f 1
let square = Square 1 2
let shown (n : Int) = Console.print_line show n
let length (xs : List Int) : Int = Some List.length xs
let negated (n : Int) : Int = Square n 3 4
