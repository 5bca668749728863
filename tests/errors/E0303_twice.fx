import List
import Console
import List (map)

let main (_ : List String) : Unit ! {Console} = Console.print_line (show (List.length (map (fun x -> x + 1) [1])))
