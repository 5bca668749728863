import Console
import List
import Log
import Time
import Task

effect Store =
  get : String -> Option String

let lookup key = Store.get key

let report key =
  match! lookup key
  | Some value -> Console.print_line value
  | None -> Log.info "nothing"

let show_all keys = List.iter_seq report keys

let quiet (key : String) : Unit ! {Console, Store} = show_all [key]

let patient (key : String) : Option Unit ! {Time} = Task.timeout 5 (report key)

let inner (key : String) : Unit ! {Console} =
  let tell text = Log.info text
  do! Console.print_line key
  tell key

let main (_ : List String) : Unit ! {Console, Log} =
  do! Console.print_line "looking"
  show_all ["a"]

let each (keys : List String) : Unit ! {Console, Log} = keys |> List.iter_seq (fun key -> report key)
