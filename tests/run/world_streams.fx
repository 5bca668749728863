import Console
import Error
import List
import Process
import Result
import String
import Tcp

let say (text : String) : Unit ! {Console | e} = Console.print_line text

// A child with streams of its own: its two outputs are read apart, and it is the process that it says it is.
let child : Unit ! {Console, Process} =
  match! Process.spawn_with { Process.command ["sh", "-c", "echo $$; echo wrong >&2; exit 3"] with stdin = Process.Discarded }
  | Err error -> say (Error.message error)
  | Ok child ->
    let! (said, wrong) = join (Process.read_all (Process.read child)) (Process.read_all (Process.read_error child))
    let! status = Process.wait child
    let! pid = Process.pid child
    let! late = Process.write child "x"
    let! killed = Process.kill child
    say "\(said == "\(pid)\n") \(show wrong) \(status) \(show late) \(show killed)"

// `write` sends what fits; what is sent so arrives whole.
let write_all (socket : Tcp.Socket) (text : String) : Result Int Error ! {Tcp} =
  if text == "" then ret (Ok 0)
  else
    match! Tcp.write socket text
    | Err error -> ret (Err error)
    | Ok 0 -> ret (Err Error.InvalidInput)
    | Ok sent ->
      let! rest = write_all socket (String.drop sent text)
      ret (Result.map (fun n -> n + sent) rest)

let read_to_end (socket : Tcp.Socket) (so_far : Int) : Int ! {Tcp} =
  match! Tcp.read socket
  | Ok "" | Err _ -> ret so_far
  | Ok more -> read_to_end socket (so_far + String.length more)

let pieces (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  match! join (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
  | (Ok here, Ok there) ->
    let! (sent, received) = join (
        let! sent = write_all here (String.repeat 5_000_000 "x")
        do! Tcp.close here
        ret sent)
      (read_to_end there 0)
    let! nothing = Tcp.write there ""
    do! Tcp.close there
    let! closed = Tcp.write there "x"
    say "\(show sent) \(received) \(show nothing) \(show closed)"
  | _ -> say "no connection"

// Two listeners of one program share a port; each takes some, none is lost.
let shared : Unit ! {Console, Tcp} =
  match! Tcp.listen_shared "127.0.0.1" 0
  | Err error -> say (Error.message error)
  | Ok one ->
    match! Tcp.listen_shared "127.0.0.1" (Tcp.port one)
    | Err error -> say (Error.message error)
    | Ok other ->
      let! alone = Tcp.listen "127.0.0.1" (Tcp.port one)
      let! (_, ()) = join (List.iter_par (fun listener -> Tcp.serve_listener listener greet) [one, other]) (
        let! heard = List.map_par (fun _ -> hear (Tcp.port one)) (List.range 1 40)
        do! say "\(show (Result.map Tcp.port alone)) \(heard == List.map (fun _ -> "hello") heard)"
        List.iter_seq Tcp.close_listener [one, other])
      ret ()

let greet (socket : Tcp.Socket) (_ : String) : Unit ! {Tcp} =
  let! _ = Tcp.write_all socket "hello"
  ret ()

let hear (port : Int) : String ! {Tcp} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> ret (Error.message error)
  | Ok socket ->
    let! text = Tcp.read socket
    do! Tcp.close socket
    ret (Result.with_default "" text)

// It answers only when it cannot listen.
let refused (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  let! taken = Tcp.serve "127.0.0.1" (Tcp.port listener) greet
  let! served = first (Tcp.serve "127.0.0.1" 0 greet) yield
  say "\(show taken) \(show served)"

let main (_ : List String) : Unit ! {Console, Process, Tcp} =
  do! child
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> say (Error.message error)
  | Ok listener ->
    do! pieces listener
    do! refused listener
    do! Tcp.close_listener listener
    shared
