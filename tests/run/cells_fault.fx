import Console
import Task

// An update that faults has not happened.
cell Names : List String = ["a"]
cell Count : Int = 1

let told (result : Result a Task.Fault) : String =
  match result
  | Ok _ -> "ok"
  | Err fault -> fault.message

let main (_ : List String) : Unit ! {Console, Names, Count} =
  let! count = Task.isolate (Count.update (fun n -> n / 0))
  do! Console.print_line (told count)
  let! n = Count.get
  do! Console.print_line "\(n)"
  let! added = Task.isolate (Names.update (fun names -> "b" :: names))
  do! Console.print_line (told added)
  let! broken = Task.isolate (Names.update (fun names -> if names == ["b", "a"] then fault "broken" else []))
  do! Console.print_line (told broken)
  let! names = Names.get
  Console.print_line (show names)
