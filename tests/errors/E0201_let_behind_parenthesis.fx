import Console
import Task
let main (args : List String) : Unit ! {Console} =
  Task.uncancellable (let! x = ret 3
                      Console.print_line "\(x)")
