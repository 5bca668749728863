import Console
import Either
import Error
import List
import Process
import Signal
import Time

// Asks for signals as another process would.
let send (signal : Signal) : Unit ! {Console, Process} =
  match! Process.run ["sh", "-c", "kill -\(Signal.number signal) $PPID"]
  | Ok { status = 0 } -> ret ()
  | Ok output -> Console.print_line output.stderr
  | Err error -> Console.print_line (Error.message error)

let wait (name : String) (signal : Signal) : Unit ! {Console, Signal} =
  do! Signal.wait signal
  Console.print_line "\(name): \(show signal)"

// All who wait for a signal are told, and nobody else is.
let several : Unit ! {Console, Process, Signal} =
  let both = List.iter_par (fun waits -> waits) [lost, wait "b" Signal.User1]
  let! _ = join both (send Signal.User1)
  ret ()

let lost : Unit ! {Console, Signal} =
  let! _ = first (wait "a" Signal.User1) (wait "nobody" Signal.User2)
  ret ()

// Of what comes while nobody waits one is kept. The last may still be on its way when its sender has ended.
let kept : Unit ! {Console, Process, Signal} =
  do! List.iter_seq (fun _ -> send Signal.User1) (List.range 1 5)
  do! wait "kept" Signal.User1
  let! more = List.map_seq (fun _ -> first (Signal.wait Signal.User1) yield) (List.range 1 5)
  do! Console.print_line "each of the five: \(List.count Either.is_left more >= 4)"
  let! sent = first (send Signal.User2) (Signal.wait Signal.Quit)
  do! Console.print_line (show sent)
  wait "kept too" Signal.User2

// What would end the program does not while somebody waits for it.
let ending (signal : Signal) : Unit ! {Console, Process, Signal} =
  let! _ = join (wait "instead of ending" signal) (send signal)
  ret ()

let forever : Unit ! {Time} =
  do! Time.sleep 1000
  forever

let main (_ : List String) : Unit ! {Console, Process, Signal, Time} =
  do! several
  do! kept
  do! List.iter_seq ending [Signal.Hangup, Signal.Interrupt, Signal.Quit, Signal.Alarm, Signal.Terminate, Signal.Continue, Signal.WindowChanged]
  // Nobody waits any more.
  let! _ = bracket (ret ()) (fun () -> Console.print_line "released") (fun () -> join forever (send Signal.Terminate))
  Console.print_line "not reached"
