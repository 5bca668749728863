import Console
import Error
import Int
import Option
import String
import Tcp

let must (result : Result a Error) : a =
  match result
  | Ok value -> value
  | Err error -> fault (Error.message error)

let echo (socket : Tcp.Socket) : Unit ! {Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok text ->
    let! _ = Tcp.write_all socket text
    echo socket

let serve : Unit ! {Console, Tcp} =
  let! listened = Tcp.listen "127.0.0.1" 0
  let listener = must listened
  do! Console.print_line "\(Tcp.port listener)"
  let! socket = Tcp.accept listener
  echo (must socket)

let ask (socket : Tcp.Socket) (left : Int) (bytes : Int) : Int ! {Tcp} =
  if left == 0 then ret bytes
  else
    let! _ = Tcp.write_all socket "ping"
    let! answer = Tcp.read socket
    ask socket (left - 1) (bytes + String.length (must answer))

let main (arguments : List String) : Unit ! {Console, Tcp} =
  match arguments
  | ["ask", port] ->
    let! socket = Tcp.connect "127.0.0.1" (Option.with_default 0 (Int.parse port))
    let! bytes = ask (must socket) 200_000 0
    Console.print_line "\(bytes)"
  | _ -> serve
