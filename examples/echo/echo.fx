import Console
import Error
import Int
import Tcp

/// Sends everything back until the client has said all or is gone.
let echo (socket : Tcp.Socket) : Unit ! {Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok text ->
    match! Tcp.write_all socket text
    | Ok () -> echo socket
    | Err _ -> ret ()

/// Every client has a task of its own, from `serve_listener`.
let serve (port : Int) : Int ! {Console, Tcp} =
  match! Tcp.listen "127.0.0.1" port
  | Err error ->
    do! Console.error_line "echo: port \(port): \(Error.message error)"
    ret 1
  | Ok listener ->
    do! Console.print_line "Echoing on 127.0.0.1:\(Tcp.port listener)"
    do! Tcp.serve_listener listener (fun socket _ -> echo socket)
    ret 0

let main (arguments : List String) : Int ! {Console, Tcp} =
  match arguments
  | [text] ->
    match Int.parse text
    | Some port when port >= 0 && port <= 65_535 -> serve port
    | _ -> usage
  | _ -> usage

let usage : Int ! {Console} =
  do! Console.error_line "usage: echo PORT"
  ret 2
