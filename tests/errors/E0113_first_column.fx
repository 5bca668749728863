import Console
import Task

let main (_ : List String) : Unit ! {Console} =
  Task.group (fun group ->
    do! Task.spawn group (Console.print_line "child")
do! Console.print_line "parent"
    Console.print_line "end")
