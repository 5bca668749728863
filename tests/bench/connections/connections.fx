import Console
import Error
import Int
import Option
import Tcp

let must (result : Result a Error) : a =
  match result
  | Ok value -> value
  | Err error -> fault (Error.message error)

/// Hangs up on as many clients as there will be.
let hang_up (listener : Tcp.Listener) (left : Int) : Unit ! {Tcp} =
  if left > 0 then
    let! socket = Tcp.accept listener
    do! Tcp.close (must socket)
    hang_up listener (left - 1)

let connect_each (port : Int) (left : Int) (count : Int) : Int ! {Tcp} =
  if left == 0 then ret count
  else
    let! socket = Tcp.connect "127.0.0.1" port
    let! text = Tcp.read (must socket)
    do! Tcp.close (must socket)
    connect_each port (left - 1) (if text == Ok "" then count + 1 else count)

let main (arguments : List String) : Unit ! {Console, Tcp} =
  match arguments
  | ["ask", port] ->
    let! count = connect_each (Option.with_default 0 (Int.parse port)) 100_000 0
    Console.print_line "\(count)"
  | _ ->
    let! listened = Tcp.listen "127.0.0.1" 0
    do! Console.print_line "\(Tcp.port (must listened))"
    hang_up (must listened) 100_000
