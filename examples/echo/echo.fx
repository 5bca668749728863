import Console
import Error
import Int
import List
import Tcp

/// Sends everything back until the client has said all or is gone.
let echo (socket : Tcp.Socket) : Unit ! {Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok text ->
    match! Tcp.write_all socket text
    | Ok () -> echo socket
    | Err _ -> ret ()

let main (arguments : List String) : Int ! {Console, Tcp} =
  ret 0
