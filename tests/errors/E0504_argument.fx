import Console
import List

let f (xs : List Int) : Unit ! {} = List.iter_seq (fun x -> Console.print_line "\(x)") xs
let g : Unit ! {} = Console.print_line "a"
