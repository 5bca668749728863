import Console
import Promise
import Task
import Time

/// What limits the time of a release is over when the release is: the deadlock that comes after it is found at once.
effect Ask =
  ask : Unit -> Int

let faults : Unit ! {Console, Time} =
  bracket (Console.print_line "acquired") (fun _ -> Time.sleep 1) (fun _ -> Console.print_line "\(1 / 0)")

let goes_on : Int ! {Ask, Console, Time} =
  do! match! Task.isolate faults with
    | Ok _ -> Console.print_line "no fault"
    | Err fault -> Console.print_line fault.message
  let! never : Promise Int = Promise.make
  let! n = Promise.wait never
  ret n

let main (_ : List String) : Unit ! {Console, Time} =
  let! n =
    handle goes_on with
    | ctl Ask.ask _ resume -> resume 7
  Console.print_line "\(n)"
