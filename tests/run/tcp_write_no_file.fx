// Texts in front of a file of which nothing goes do not wait for more: they are there before what is sent after them on another connection.
import Console
import Error
import File
import Tcp

let main (_ : List String) : Unit ! {Console, File, Tcp} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let! _ = File.with_file "/dev/null" (fun file ->
      do! in_front_of listener file 0
      do! in_front_of listener file 10
      ret (Ok ()))
    Tcp.close_listener listener

let in_front_of (listener : Tcp.Listener) (file : File.Handle) (count : Int) : Unit ! {Console, Tcp} =
  match! connect_twice listener
  | ((Ok first_end, Ok first_socket), (Ok second_end, Ok second_socket)) ->
    let! limit = Tcp.limit 3_600_000
    let! _ = Tcp.write_file_within first_socket ["before"] file 0 count limit
    let! _ = Tcp.write_all second_socket "after"
    do! tell (Tcp.read second_end)
    do! tell (at_hand first_end)
    do! Tcp.close first_socket
    Tcp.close second_socket
  | _ -> Console.print_line "not connected"

let connect_twice (listener : Tcp.Listener) =
  let! first_pair = join (Tcp.connect "127.0.0.1" (Tcp.port listener)) (Tcp.accept listener)
  let! second_pair = join (Tcp.connect "127.0.0.1" (Tcp.port listener)) (Tcp.accept listener)
  ret (first_pair, second_pair)

let at_hand (socket : Tcp.Socket) : Result String Error ! {Tcp} =
  match! first (Tcp.read socket) yield
  | Left text -> ret text
  | Right () -> ret (Ok "nothing yet")

let tell (read : Result String Error ! {Tcp}) : Unit ! {Console, Tcp} =
  match! read
  | Ok text -> Console.print_line text
  | Err error -> Console.print_line (Error.message error)
