import Console
import Error
import File
import List
import String
import Tcp
import Time

let echo (socket : Tcp.Socket) : Unit ! {Tcp | e} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok text ->
    match! Tcp.write_all socket text
    | Ok () -> echo socket
    | Err _ -> ret ()

let read_to_end (socket : Tcp.Socket) (so_far : String) : String ! {Tcp | e} =
  match! Tcp.read socket
  | Ok "" | Err _ -> ret so_far
  | Ok more -> read_to_end socket (so_far ++ more)

let with_client (port : Int) (use : Tcp.Socket -> a ! {Tcp | e}) : Result a Error ! {Tcp | e} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> ret (Err error)
  | Ok socket ->
    let! answer = bracket (ret socket) Tcp.close use
    ret (Ok answer)

// Writes and reads at once, for what is sent is more than fits into the connection.
let send_and_receive (text : String) (socket : Tcp.Socket) : String ! {Tcp | e} =
  let! (_, received) = join (
      let! _ = Tcp.write_all socket text
      let! _ = Tcp.shutdown socket
      ret ())
    (read_to_end socket "")
  ret received

let clients (listener : Tcp.Listener) : Unit ! {Console, Tcp, Time} =
  let port = Tcp.port listener
  let! small = with_client port (send_and_receive "hello")
  do! Console.print_line (show small)
  let large = String.repeat 300_000 "0123456789"
  let! back = with_client port (send_and_receive large)
  do! Console.print_line "\(back == Ok large)"
  let! many = List.map_par (fun n -> with_client port (send_and_receive "client \(n)")) (List.range 0 100)
  do! Console.print_line "\(many == List.map (fun n -> Ok "client \(n)") (List.range 0 100))"
  let! slow = with_client port (fun socket -> first (Tcp.read socket) (Time.sleep 10))
  do! Console.print_line (show slow)
  let! closed = with_client port (fun socket -> join (Tcp.read socket) (Tcp.close socket))
  do! Console.print_line (show closed)
  Tcp.close_listener listener

let main (_ : List String) : Unit ! {Console, File, Tcp, Time} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let port = Tcp.port listener
    let! _ = join (Tcp.serve_listener listener (fun socket _ -> echo socket)) (clients listener)
    let! nobody = Tcp.connect "127.0.0.1" port
    do! Console.print_line (match nobody | Ok _ -> "connected" | Err error -> Error.message error)
    let! nowhere = Tcp.connect "127.0.0.1" 70_000
    do! Console.print_line (match nowhere | Ok _ -> "connected" | Err error -> Error.message error)
    let! name = Tcp.listen "no..host" 0
    Console.print_line (match name | Ok _ -> "listening" | Err error -> Error.message error)
