import Console
import Tcp

/// A server under handlers of the program: what its connections ask for, how one of them ends it, and, where a clause takes the continuation, one
/// connection after the other.
effect Visits =
  visit : Int

effect Stop =
  stop : String -> Never

effect Journal =
  note : String -> Unit

cell Visitors : Int = 0

let counted (c : a ! {Visits | e}) : a ! {Visitors | e} =
  handle c with
  | Visits.visit ->
    do! Visitors.update (fun n -> n + 1)
    Visitors.get

let stopped (c : Unit ! {Stop | e}) : String ! e =
  handle c with
  | ret () -> ret "closed"
  | Stop.stop why -> ret why

let noted (c : Unit ! {Journal | e}) : List String ! e =
  handle c with
  | ret () -> ret []
  | ctl Journal.note text resume ->
    let! later = resume ()
    ret (text :: later)

let answer (socket : Tcp.Socket) : Unit ! {Stop, Tcp, Visits} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok "stop" -> Stop.stop "stopped by a client"
  | Ok text ->
    let! n = Visits.visit
    let! _ = Tcp.write_all socket "\(text) \(n)"
    answer socket

let write_down (listener : Tcp.Listener) (socket : Tcp.Socket) : Unit ! {Journal, Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok text ->
    do! Journal.note text
    let! _ = Tcp.write_all socket "noted \(text)"
    if text == "end" then Tcp.close_listener listener else write_down listener socket

let with_client (listener : Tcp.Listener) (use : Tcp.Socket -> Unit ! {Console, Tcp}) : Unit ! {Console, Tcp} =
  match! Tcp.connect "127.0.0.1" (Tcp.port listener)
  | Err error -> Console.print_line (show error)
  | Ok socket -> bracket (ret socket) Tcp.close use

let say (text : String) (socket : Tcp.Socket) : Unit ! {Console, Tcp} =
  let! _ = Tcp.write_all socket text
  match! Tcp.read socket
  | Ok reply -> Console.print_line "\(text): \(reply)"
  | Err _ -> Console.print_line "\(text): cut off"

/// The first connection is open while the others are served, and until the server has ended.
let several (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  with_client listener (fun first_one ->
    do! say "first" first_one
    do! with_client listener (fun other ->
      do! say "second" other
      say "third" other)
    do! say "fourth" first_one
    do! with_client listener (fun last_one ->
      let! _ = Tcp.write_all last_one "stop"
      let! _ = Tcp.read last_one
      ret ())
    match! Tcp.read first_one
    | Ok "" | Err _ -> Console.print_line "the server has hung up"
    | Ok more -> Console.print_line more)

let one_by_one (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  do! with_client listener (fun socket ->
    do! say "a" socket
    say "b" socket)
  with_client listener (fun socket ->
    do! say "c" socket
    say "end" socket)

let listening (body : Tcp.Listener -> Unit ! {Console, Tcp, Visitors}) : Unit ! {Console, Tcp, Visitors} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (show error)
  | Ok listener -> bracket (ret listener) Tcp.close_listener body

let main (_ : List String) : Unit ! {Console, Tcp, Visitors} =
  do! listening (fun listener ->
    let! (why, ()) = join (stopped (counted (Tcp.serve_listener listener (fun socket _ -> answer socket)))) (several listener)
    let! visitors = Visitors.get
    Console.print_line "\(why), after \(visitors)")
  listening (fun listener ->
    let! (journal, ()) = join (noted (Tcp.serve_listener listener (fun socket _ -> write_down listener socket))) (one_by_one listener)
    Console.print_line (show journal))
