import Console
import List
import Task

/// A fault is caught within the handler's task, and the continuation goes on as often as it is resumed.
effect Amb =
  flip : Bool

let choices (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let faulty (n : Int) : Int ! {Amb} =
  let! heads = Amb.flip
  if heads then ret (n / 0) else ret n

let isolated : (String, Bool) ! {Amb} =
  let! before = Amb.flip
  match! Task.isolate (faulty 5)
  | Ok n -> ret ("answer \(n)", before)
  | Err fault -> ret (fault.message, before)

let deep (n : Int) : Int ! {Amb} =
  if n == 0 then
    let! _ = Amb.flip
    fault "at the bottom"
  else
    let! m = deep (n - 1)
    ret (m + 1)

let released : Result Int Task.Fault ! {Amb, Console} =
  Task.isolate
    (bracket (Console.print_line "acquired") (fun _ -> Console.print_line "released")
      (fun _ -> faulty 0))

let main (_ : List String) : Unit ! {Console} =
  let! answers = choices isolated
  do! Console.print_line (show answers)
  let! answers = choices (Task.isolate (deep 1000))
  do! Console.print_line (show (List.map message_of answers))
  let! answers = once released
  Console.print_line (show (message_of answers))

let once (c : a ! {Amb | e}) : a ! e =
  handle c with
  | ctl Amb.flip resume -> resume True

let message_of (result : Result Int Task.Fault) : String =
  match result
  | Ok n -> show n
  | Err fault -> fault.message
