import Console
import Error
import List
import Process
import Signal
import Time

// Signals are waited for and sent by another process; where that cannot be, it is said, and nobody waits for ever. They are such as nobody need
// listen to: one may be on its way when the program ends.

let send (signal : Signal) : String ! {Process} =
  match! Process.run ["sh", "-c", "kill -\(Signal.number signal) $PPID"]
  | Ok { status = 0 } -> ret "sent"
  | Ok _ -> ret "not sent"
  | Err error -> ret (Error.message error)

let send_and_wait (signal : Signal) : String ! {Process, Signal, Time} =
  let! told = first (Signal.wait signal) (
    match! send signal
    | "sent" ->
      do! Time.sleep 60_000
      ret "and never came"
    | problem -> ret problem)
  ret (match told | Left () -> "told of \(show signal)" | Right problem -> "\(show signal): \(problem)")

let main (_ : List String) : Unit ! {Console, Process, Signal, Time} =
  let! told = List.map_seq send_and_wait [Signal.Continue, Signal.WindowChanged, Signal.Continue]
  do! Console.print_line (show told)
  let! nobody = first (Signal.wait Signal.Quit) yield
  do! Console.print_line (show nobody)
  let! told = List.map_par send_and_wait [Signal.Continue, Signal.WindowChanged]
  Console.print_line (show told)
