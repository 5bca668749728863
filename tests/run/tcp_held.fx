// Texts that are held arrive as others do, behind what is written before them: short and empty ones, ones that no socket takes at once, several that
// are given up while they are sent; and under a limit of time.
import Console
import Error
import List
import Promise
import String
import Tcp

let long = String.repeat 300_000 "0123456789"

let main (_ : List String) : Unit ! {Console, Tcp} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    do! Tcp.accept_speaking listener
    let! over = Promise.make
    let! (_, ()) = join (let! _ = send listener in Promise.set over ()) (receive (Tcp.port listener) over)
    Tcp.close_listener listener

let send (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  match! Tcp.accept listener
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    let! limit = Tcp.limit 3_600_000
    let! heard = Tcp.read socket
    do! Console.print_line "heard: \(show heard)"
    let! short = Tcp.hold "short,"
    do! Console.print_line "held: \(Tcp.held_text short)"
    let! sent = List.map_seq (write_held socket limit) [([], ""), (["one,"], ""), (["three,"], long), ([long], long)]
    let! again = List.map_seq (fun texts -> Tcp.write_held_within socket texts short limit) [[], ["two", ","], []]
    do! Console.print_line "sent: \(show (sent ++ again))"
    let! heard = Tcp.read socket
    do! Console.print_line "heard: \(show heard)"
    let! none = Tcp.limit 20
    let! late = write_held socket none (["late,"], String.repeat 10 long)
    do! Console.print_line "nobody reads: \(show late)"
    do! Tcp.close socket
    let! after = Tcp.write_held_within socket [] short limit
    Console.print_line "after closing: \(show after)"

let write_held (socket : Tcp.Socket) (limit : Tcp.Limit) ((texts, last) : (List String, String)) : Result Unit Error ! {Tcp} =
  let! held = Tcp.hold last
  Tcp.write_held_within socket texts held limit

let receive (port : Int) (over : Promise Unit) : Unit ! {Console, Tcp} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    let! _ = Tcp.write_all socket "begin"
    let wanted = String.concat ["one,", "three,", long, long, long, "short,", "two,", "short,", "short,"]
    let! text = read_all socket (String.length wanted) []
    do! Console.print_line "received as sent: \(text == wanted)"
    let! _ = Tcp.write_all socket "all"
    do! Promise.wait over
    Tcp.close socket

// As much as is wanted, of a sender that sends no more before it has been read. The last piece comes first.
let read_all (socket : Tcp.Socket) (left : Int) (pieces : List String) : String ! {Tcp} =
  if left <= 0 then ret (String.concat (List.reverse pieces))
  else
    match! Tcp.read socket
    | Ok "" | Err _ -> ret ""
    | Ok more -> read_all socket (left - String.length more) (more :: pieces)
