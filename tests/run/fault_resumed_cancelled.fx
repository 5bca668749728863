import Console
import List
import Task

/// The continuation of a release, kept until what it released for has been unwound.
effect Ask =
  ask : Int

cell Kept : Option (Int -> Option Int ! {Console, Kept}) = None

let keep (c : Int ! {Ask, Console}) : Option Int ! {Kept, Console} =
  handle c with
  | ret n -> ret (Some n)
  | ctl Ask.ask resume ->
    do! Kept.set (Some resume)
    ret None

let work : Int ! {Ask, Console} =
  bracket (ret ())
    (fun _ ->
      let! n = Ask.ask
      Console.print_line "released \(n)")
    (fun _ -> ret (1 / List.length []))

let main (_ : List String) : Unit ! {Console, Kept} =
  let! outcome = Task.isolate (keep work)
  do! match outcome with
    | Ok _ -> Console.print_line "never said"
    | Err fault -> Console.print_line fault.message
  match! Kept.get
  | None -> ret ()
  | Some resume ->
    let! _ = resume 1
    Console.print_line "never said"
