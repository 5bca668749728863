import Console
import List
import Option
import String
import Task

/// The fault of resuming a continuation a second time that holds an open bracket: where it was raised, and by which let!s.
effect Amb =
  flip : Bool

let choices (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let held : Bool ! {Amb, Console} =
  bracket (Console.print_line "open") (fun _ -> Console.print_line "close") (fun _ -> Amb.flip)

let within : Int ! {Console} =
  let! all = choices held
  ret (1 + (match all
    | [] -> 0
    | _ -> 1))

/// Of the trace the functions that are meant here, in its order.
let functions_of (trace : String) : List String =
  let is_meant word = List.contains word ["within", "twice", "sequential", "main"]
  let words = List.concat_map (fun line -> String.split "." (String.replace "," "." line)) (String.lines trace)
  List.filter is_meant words

let tell (what : String) (result : Result a Task.Fault) : Unit ! {Console} =
  match result
  | Ok _ -> Console.print_line "\(what): no fault"
  | Err fault ->
    let place = Option.with_default "" (List.last (String.split "/" fault.place))
    let functions = String.join " " (functions_of fault.trace)
    Console.print_line "\(what): \(place): \(fault.message); in \(functions)"

let twice : Unit ! {Console} =
  let! result = Task.isolate within
  tell "outside" result

/// Within a handler with control clauses, where tasks are sequential.
let sequential : Result Int Task.Fault ! {Amb, Console} =
  let! result = Task.isolate within
  let! _ = Amb.flip
  ret result

let main (_ : List String) : Unit ! {Console} =
  do! twice
  let! all = choices sequential
  List.iter_seq (fun result -> tell "inside" result) all
