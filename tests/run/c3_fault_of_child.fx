import Console
import Task
import Time

let held (name : String) (c : a ! {Console | e}) : a ! {Console | e} =
  bracket (Console.print_line "open \(name)") (fun () -> Console.print_line "close \(name)") (fun () -> c)

let main (_ : List String) : Unit ! {Console, Time} =
  held "outer" (Task.group (fun group ->
    do! Task.spawn group (held "sibling" (Time.sleep 60_000))
    do! Task.spawn group (broken 10)
    held "body" (Time.sleep 60_000)))

let broken (n : Int) : Unit ! {Console, Time} =
  do! held "child" (Time.sleep n)
  if n > 0 then fault "no use" else ret ()
