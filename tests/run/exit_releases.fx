import Console
import Exit
import Task
import Time

let held (name : String) (c : a ! {Console | e}) : a ! {Console | e} =
  bracket (ret name) (fun name -> Console.print_line "close \(name)") (fun _ -> c)

let main (_ : List String) : Unit ! {Console, Exit, Time} =
  let! _ = Task.isolate (held "a" (held "b" (join (held "c" (Time.sleep 60_000)) (held "d" (
    do! Time.sleep 5
    do! Exit.exit 300
    Console.print_line "never")))))
  Console.print_line "never"
