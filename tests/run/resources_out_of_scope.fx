import Console
import Tcp

// A socket that nothing has any more is closed: its port is free again, and who is at the other end hears of it.
let port_of_one (port : Int) : Int ! {Tcp} =
  match! Tcp.listen "127.77.3.1" port
  | Ok listener -> ret (Tcp.port listener)
  | Err _ -> ret (-1)

let connect_only (port : Int) : Bool ! {Tcp} =
  match! Tcp.connect "127.0.0.1" port
  | Ok _ -> ret True
  | Err _ -> ret False

let hear (listener : Tcp.Listener) : String ! {Tcp} =
  match! Tcp.accept listener
  | Err _ -> ret "no client"
  | Ok socket ->
    match! Tcp.read socket
    | Ok text -> ret "read \(show text)"
    | Err _ -> ret "nothing to read"

let main (_ : List String) : Unit ! {Console, Tcp} =
  let! port = port_of_one 0
  let! again = port_of_one port
  do! Console.print_line (if again == port then "free again" else "still held")
  match! Tcp.listen "127.0.0.1" 0
  | Err _ -> Console.print_line "cannot listen"
  | Ok listener ->
    let! (heard, connected) = join (hear listener) (connect_only (Tcp.port listener))
    Console.print_line "\(connected) \(heard)"
