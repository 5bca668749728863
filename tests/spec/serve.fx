// A server's listening, accepting and answering, said by its specs.
import Error
import Tcp

/// A server that says one word to each who comes.
let greet : Result Unit Error ! {Tcp} = Tcp.serve "127.0.0.1" 7000 (fun socket _ -> say_hello socket)

private let say_hello (socket : Tcp.Socket) : Unit ! {Tcp} =
  let! _ = Tcp.write_all socket "hello\n"
  ret ()

spec serves_two (listener : Tcp.Listener) (one : Tcp.Socket) (two : Tcp.Socket) =
  greet runs
    Tcp.listen "127.0.0.1" 7000 => Ok listener
    Tcp.connection_limit => 10
    join
      Tcp.accept listener => Ok one
      Tcp.accept listener => Ok two
      Tcp.accept listener => Err Error.Closed
    and
      Tcp.peer one => "127.0.0.1:50001"
      Tcp.write_all one "hello\n" => Ok ()
      Tcp.close one => ()
    and
      Tcp.peer two => "127.0.0.1:50002"
      Tcp.write_all two "hello\n" => Err Error.ConnectionReset
      Tcp.close two => ()
  returns Ok ()

spec cannot_listen (error : Error) =
  greet runs
    Tcp.listen "127.0.0.1" 7000 => Err error
  returns Err error
