import Console
import List
import Time

let each_line (f : String -> Unit ! {Console}) (lines : List String) : Unit ! {Console} =
  List.iter_seq f lines

let main (_ : List String) : Unit ! {Console, Time} =
  each_line (fun line ->
    do! Time.sleep 10
    Console.print_line line) ["a", "b"]
