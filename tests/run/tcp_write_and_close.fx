// What is written last, and then the socket is closed (tcp write_and_close_within): short texts, more of them than go in one call of the system, more
// than it takes at once, and what nobody takes: then the socket stays open. Who reads the socket meanwhile is told that it is closed.
import Console
import Error
import String
import Tcp

let main (_ : List String) : Unit ! {Console, Tcp} =
  let! long = Tcp.limit 3_600_000
  do! try "short" (say_last ["one ", "", "two"] long)
  do! try "none" (say_last [] long)
  do! try "many" (say_last (String.split "," (String.repeat 40 "text,")) long)
  do! try "long" (say_last ["begin ", String.repeat 5000 "x"] long)
  do! try "longer" (say_last ["begin ", String.repeat 4_000_000 "x"] long)
  let! short = Tcp.limit 20
  do! try "nobody takes it" (fun server client ->
    let! written = Tcp.write_and_close_within server [String.repeat 20_000_000 "x"] short
    do! Console.print_line "  written: \(show written)"
    let! _ = Tcp.write_all client "heard?"
    let! heard = Tcp.read server
    Console.print_line "  heard: \(show heard)")
  do! try "a reader" (fun server client ->
    let! (read, written) = join (Tcp.read server) (Tcp.write_and_close_within server ["text"] long)
    let! came = read_all client ""
    Console.print_line "  read: \(show read), written: \(show written), came: \(came)")
  try "closed" (fun server client ->
    do! Tcp.close server
    let! written = Tcp.write_and_close_within server ["text"] long
    Console.print_line "  written: \(show written)")

let try (name : String) (talk : Tcp.Socket -> Tcp.Socket -> Unit ! {Console, Tcp}) : Unit ! {Console, Tcp} =
  do! Console.print_line name
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    match! join (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
    | (Ok server, Ok client) -> talk server client
    | _ -> Console.print_line "no connection"

let say_last (texts : List String) (limit : Tcp.Limit) (server : Tcp.Socket) (client : Tcp.Socket) : Unit ! {Console, Tcp} =
  let! (written, came) = join (Tcp.write_and_close_within server texts limit) (read_all client "")
  do! Console.print_line "  written: \(show written), came: \(if came == String.concat texts then "all" else "something else")"
  let! more = Tcp.write_all server "more"
  let! question = Tcp.read server
  Console.print_line "  more: \(show more), \(show question)"

let read_all (socket : Tcp.Socket) (before : String) : String ! {Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret before
  | Ok text -> read_all socket (before ++ text)
