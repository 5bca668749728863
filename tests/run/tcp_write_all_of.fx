// Several texts in one call: short ones go out at once, long ones wait for the reader, more than fit one call follow.
import Console
import Error
import List
import String
import Tcp

let texts = List.append ["a", "", "bc"] (List.append (List.map (fun index -> "\(index),") (List.range 1 40)) [String.repeat 3_000_000 "x", "end"])

let main (_ : List String) : Unit ! {Console, Tcp} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let! ((), ()) = join (send listener) (receive (Tcp.port listener))
    Tcp.close_listener listener

let send (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  match! Tcp.accept listener
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    let! _ = Tcp.write_all_of socket []
    let! _ = Tcp.write_all_of socket ["head "]
    let! sent = Tcp.write_all_of socket texts
    do! Tcp.close socket
    let! after = Tcp.write_all_of socket ["more"]
    Console.print_line "sent: \(show sent), after closing: \(show after)"

let receive (port : Int) : Unit ! {Console, Tcp} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    let! text = read_all socket ""
    Console.print_line "received as sent: \(text == "head " ++ String.concat texts)"

let read_all (socket : Tcp.Socket) (text : String) : String ! {Tcp} =
  match! Tcp.read socket
  | Ok "" | Err _ -> ret text
  | Ok more -> read_all socket (text ++ more)
