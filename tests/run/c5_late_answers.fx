import Channel
import Console
import Error
import File
import List
import Semaphore
import Task
import Tcp
import Time

// Answers that come in the turn in which their task is cancelled are undone: what was opened is closed, what was taken goes back.

let say (text : String) : Unit ! {Console | e} = Console.print_line text

let must (result : Result a Error) : a =
  match result
  | Ok value -> value
  | Err error -> fault (Error.message error)

let tell_end (what : String) (result : Result String Error) : Unit ! {Console} =
  match result
  | Ok "" -> say "\(what): closed"
  | Ok text -> say "\(what): \(text)"
  | Err Error.ConnectionReset -> say "\(what): closed"
  | Err error -> say "\(what): \(Error.message error)"

// Both are there in one turn: the left one wins, and the connection of the other is closed.
let late_accept (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  match! first (Tcp.connect "127.0.0.1" (Tcp.port listener)) (Tcp.accept listener)
  | Right _ -> say "accepted"
  | Left client ->
    let! text = Tcp.read (must client)
    tell_end "the client, whose connection nobody accepted" text

let late_connect (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  match! first (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
  | Right _ -> say "connected"
  | Left server ->
    let! text = Tcp.read (must server)
    tell_end "the server, whose client gave up" text

let write_both (one : Tcp.Socket) (other : Tcp.Socket) : Unit ! {Tcp} =
  let! _ = Tcp.write_all one "left"
  let! _ = Tcp.write_all other "kept"
  ret ()

// What a cancelled reader has read is read by the next.
let late_read (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  let! (server, client) = join (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
  let! (other_server, other_client) = join (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
  let! (outcome, _) = join (first (Tcp.read (must other_server)) (Tcp.read (must server))) (write_both (must other_client) (must client))
  do! match outcome with | Left text -> say "read: \(must text)" | Right _ -> say "the right one"
  let! text = Tcp.read (must server)
  do! tell_end "the next reader" text
  do! Tcp.close (must client)
  let! text = Tcp.read (must server)
  tell_end "and then" text

let open_late (path : String) (n : Int) : Unit ! {File} =
  let! _ = first (List.iter_seq (fun _ -> yield) (List.range 1 (n % 7 + 1))) (File.open_read path)
  ret ()

// Someone who takes what is at hand, again and again, is put behind the others now and then; cancelled there, nothing is lost (C15).
let take_all (channel : Channel Int) (sum : Int) : Int ! e =
  match! Channel.receive channel
  | None -> ret sum
  | Some n -> take_all channel (sum + n)

let turns : Unit ! {Console} =
  let! channel = Channel.make 2000
  do! List.iter_seq (fun n -> Channel.send_or_stop channel n) (List.range 1 1000)
  let! outcome = first (take_all channel 0) yield
  do! say (match outcome with | Left _ -> "all taken" | Right () -> "others have their turn")
  let! left = Channel.length channel
  let! next = Channel.receive channel
  say "\(left > 0) \(next == Some (1001 - left))"

let permit (semaphore : Semaphore) : Unit ! e =
  do! Semaphore.acquire semaphore
  do! Semaphore.release semaphore
  permit semaphore

let permits : Unit ! {Console} =
  let! semaphore = Semaphore.make 1
  let! _ = first (permit semaphore) yield
  let! available = Semaphore.available semaphore
  say "\(available) permit"

let main (_ : List String) : Unit ! {Console, File, Tcp, Time} =
  let! listened = Tcp.listen "127.0.0.1" 0
  let listener = must listened
  do! late_accept listener
  do! late_connect listener
  do! late_read listener
  do! Tcp.close_listener listener
  do! List.iter_seq (fun n -> open_late "/dev/null" n) (List.range 1 100)
  do! say "100 files opened, and nobody wanted them"
  do! turns
  do! permits
  let! none = first (Task.uncancellable (Time.sleep 0)) yield
  say (show none)
