// A file that is written to while it is sent is sent no further.
import Console
import Error
import File
import String
import Tcp
import Time

let size = 16_000_000

let main (_ : List String) : Unit ! {Console, File, Tcp, Time} =
  match! File.with_temporary_directory "send" (fun folder -> try_it "\(folder)/file")
  | Ok () -> ret ()
  | Err error -> Console.print_line (Error.message error)

let try_it (path : String) : Unit ! {Console, File, Tcp, Time} =
  let! _ = File.write path (String.repeat size "x")
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    do! let! ((), ()) = join (send path listener) (receive path (Tcp.port listener)) in ret ()
    Tcp.close_listener listener

let send (path : String) (listener : Tcp.Listener) : Unit ! {Console, File, Tcp} =
  match! Tcp.accept listener
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    match! File.with_file path (fun file -> Tcp.send_file socket file 0 size)
    | Ok (Ok sent) ->
      do! Console.print_line (if sent < size then "stopped early" else "sent it all")
      Tcp.close socket
    | Ok (Err error) | Err error -> Console.print_line (Error.message error)

let receive (path : String) (port : Int) : Unit ! {Console, File, Tcp, Time} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    let! _ = Tcp.read socket // now it is being sent, and most of it must wait
    do! Time.sleep 100       // a change as soon as that may bear the time that the file has already
    let! _ = File.append path "y"
    read_all socket

let read_all (socket : Tcp.Socket) : Unit ! {Console, Tcp} =
  match! Tcp.read socket
  | Ok "" -> Console.print_line "the end"
  | Ok _ -> read_all socket
  | Err error -> Console.print_line (Error.message error)
