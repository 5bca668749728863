import Console
import List
import String
import Task
import Time

/// A clause of an operation that answers Never computes the result of the whole handle.
effect Fail e =
  raise : e -> Never
  give_up : Never

effect Ask =
  ask : Int

cell Seen : List String = []

let or_say (c : Unit ! {Console, Fail String | e}) : Unit ! {Console | e} =
  handle c with
  | Fail.raise text -> Console.print_line "raised \(text)"
  | Fail.give_up -> Console.print_line "gave up"

let to_result (c : a ! {Fail e | r}) : Result a (Option e) ! r =
  handle c with
  | ret x -> ret (Ok x)
  | Fail.raise e -> ret (Err (Some e))
  | Fail.give_up -> ret (Err None)

let held (name : String) (c : a ! {Console | e}) : a ! {Console | e} =
  bracket (Console.print_line "open \(name)") (fun _ -> Console.print_line "close \(name)") (fun _ -> c)

/// Releases run first, innermost first; then the clause; what stands behind is never run.
let nested : Unit ! {Console, Fail String} =
  do! held "outer" (held "inner" (Fail.raise "within"))
  Console.print_line "never said"

/// The release waits.
let slow_release : Unit ! {Console, Fail String, Time} =
  bracket (ret "door") (fun door -> close_slowly door) (fun _ -> Fail.give_up)

let close_slowly (door : String) : Unit ! {Console, Time} =
  do! Time.sleep 5
  Console.print_line "shut the \(door)"

/// An operation of Never stands at any answer type.
let positive (n : Int) : Int ! {Fail String} = if n > 0 then ret n else Fail.raise "not positive: \(n)"

let pick (n : Int) : String ! {Fail String} =
  match n
  | 1 -> ret "one"
  | 2 -> ret "two"
  | _ -> Fail.give_up

/// From within a plain clause of another handler, whose handle stands inside: that is cancelled too.
let asking (c : a ! {Ask, Fail String | e}) : a ! {Fail String | e} =
  handle c with
  | Ask.ask -> Fail.raise "nobody to ask"

/// From within a clause whose handle stands outside: only what is inside the aborted one is cancelled.
let ask_five (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask -> ret 5

let product (numbers : List Int) : Int ! {Fail Int} =
  match numbers
  | [] -> ret 1
  | 0 :: _ -> Fail.raise 0
  | n :: rest ->
    let! m = product rest
    ret (n * m)

/// Both branches are cancelled, whichever aborts, whether the other one waits or not.
let slow_branch (name : String) : Unit ! {Console, Time} = held name (Time.sleep 60000)

let late : a ! {Fail String, Time} =
  do! Time.sleep 2
  Fail.raise "late"

/// A second abort, by a release: what came first stays.
let release_aborts : Unit ! {Console, Fail String} =
  bracket (ret ()) (fun _ -> Fail.raise "second") (fun _ -> Fail.raise "first")

/// A release may abort to a handle of its own.
let release_handles : Unit ! {Console, Fail String} =
  bracket (ret ()) (fun _ -> or_say (Fail.raise "in the release")) (fun _ -> Fail.raise "outward")

/// Resources that frames hold are given back, whatever they are.
let holding (n : Int) : List String ! {Fail String} =
  if n == 0 then Fail.raise (String.join "," ["gone", "with", "all"])
  else
    let here = "level " ++ show n
    let! rest = holding (n - 1)
    ret (here :: rest)

let main (_ : List String) : Unit ! {Console, Seen, Time} =
  do! or_say nested
  do! or_say slow_release
  let! r = to_result (join (positive 3) (positive (0 - 3)))
  do! Console.print_line (show r)
  let! r = to_result (List.map_seq pick [1, 2])
  do! Console.print_line (show r)
  let! r = to_result (List.map_seq pick [1, 3, 2])
  do! Console.print_line (show r)
  let! r = to_result (held "asker" (asking (held "asked" (let! n = Ask.ask in ret (n + 1)))))
  do! Console.print_line (show r)
  let! n = ask_five (ask_then_fail)
  do! Console.print_line "\(n)"
  let! r = to_result (product [3, 4, 5])
  do! Console.print_line (show r)
  let! r = to_result (product [3, 0, 5])
  do! Console.print_line (show r)
  let! r = to_result (join (slow_branch "left") late)
  do! Console.print_line (show (err_of r))
  let! r = to_result (join late (slow_branch "right"))
  do! Console.print_line (show (err_of r))
  let! r = to_result (first (slow_branch "loser") late)
  do! Console.print_line (show (err_of r))
  let! r = to_result (List.map_par (fun n -> if n == 2 then late else slow_branch "worker \(n)") [1, 2, 3])
  do! Console.print_line (show (err_of r))
  let! r = to_result (Task.group (fun group -> do_both group))
  do! Console.print_line (show (err_of r))
  let! r = to_result (Task.timeout 60000 late)
  do! Console.print_line (show (err_of r))
  do! or_say release_aborts
  do! or_say release_handles
  let! r = to_result (holding 5)
  do! Console.print_line (show r)
  ret ()

let ask_then_fail : Int ! {Ask} =
  match! to_result inner_ask
  | Ok n -> ret n
  | Err (Some e) -> ret (e * 100)
  | Err None -> ret 0

let inner_ask : Int ! {Ask, Fail Int} =
  let! n = Ask.ask
  Fail.raise (n + 1)

let do_both (group : Task.Group {Console, Fail String, Time}) : Unit ! {Console, Fail String, Time} =
  do! Task.spawn group late
  slow_branch "body"

let err_of (r : Result a e) : Option e =
  match r
  | Ok _ -> None
  | Err e -> Some e
