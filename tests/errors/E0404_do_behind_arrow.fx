import Console
import Task
let main (args : List String) : Unit ! {Console} =
  Task.group (fun g -> do! Console.print "a"
    Console.print_line "b")
