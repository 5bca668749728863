import Console
import List

let lines (texts : List String) : Unit ! {Console} =
  List.map Console.print_line texts

let asked (texts : List String) : List (Option String) ! {Console} =
  List.map (fun _ -> Console.read_line) texts

let run (texts : List String) : Unit ! {Console} =
  do! texts |> List.map Console.print_line
  ret ()
