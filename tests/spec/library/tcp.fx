// Each fallible operation of Tcp, when it succeeds and when it fails.
import Error
import File
import Tcp

spec listen_ok (text : String) (number : Int) (answer : Tcp.Listener) =
  Tcp.listen text number runs
    Tcp.listen text number => Ok answer
  returns Ok answer

spec listen_error (text : String) (number : Int) (error : Error) =
  Tcp.listen text number runs
    Tcp.listen text number => Err error
  returns Err error

spec listen_shared_ok (text : String) (number : Int) (answer : Tcp.Listener) =
  Tcp.listen_shared text number runs
    Tcp.listen_shared text number => Ok answer
  returns Ok answer

spec listen_shared_error (text : String) (number : Int) (error : Error) =
  Tcp.listen_shared text number runs
    Tcp.listen_shared text number => Err error
  returns Err error

spec listen_unix_ok (text : String) (answer : Tcp.Listener) =
  Tcp.listen_unix text runs
    Tcp.listen_unix text => Ok answer
  returns Ok answer

spec listen_unix_error (text : String) (error : Error) =
  Tcp.listen_unix text runs
    Tcp.listen_unix text => Err error
  returns Err error

spec accept_ok (words : Tcp.Listener) (answer : Tcp.Socket) =
  Tcp.accept words runs
    Tcp.accept words => Ok answer
  returns Ok answer

spec accept_error (words : Tcp.Listener) (error : Error) =
  Tcp.accept words runs
    Tcp.accept words => Err error
  returns Err error

spec connect_ok (text : String) (number : Int) (answer : Tcp.Socket) =
  Tcp.connect text number runs
    Tcp.connect text number => Ok answer
  returns Ok answer

spec connect_error (text : String) (number : Int) (error : Error) =
  Tcp.connect text number runs
    Tcp.connect text number => Err error
  returns Err error

spec connect_unix_ok (text : String) (answer : Tcp.Socket) =
  Tcp.connect_unix text runs
    Tcp.connect_unix text => Ok answer
  returns Ok answer

spec connect_unix_error (text : String) (error : Error) =
  Tcp.connect_unix text runs
    Tcp.connect_unix text => Err error
  returns Err error

spec read_ok (socket : Tcp.Socket) (answer : String) =
  Tcp.read socket runs
    Tcp.read socket => Ok answer
  returns Ok answer

spec read_error (socket : Tcp.Socket) (error : Error) =
  Tcp.read socket runs
    Tcp.read socket => Err error
  returns Err error

spec write_ok (socket : Tcp.Socket) (text : String) (answer : Int) =
  Tcp.write socket text runs
    Tcp.write socket text => Ok answer
  returns Ok answer

spec write_error (socket : Tcp.Socket) (text : String) (error : Error) =
  Tcp.write socket text runs
    Tcp.write socket text => Err error
  returns Err error

spec write_all_ok (socket : Tcp.Socket) (text : String) =
  Tcp.write_all socket text runs
    Tcp.write_all socket text => Ok ()
  returns Ok ()

spec write_all_error (socket : Tcp.Socket) (text : String) (error : Error) =
  Tcp.write_all socket text runs
    Tcp.write_all socket text => Err error
  returns Err error

spec send_file_ok (socket : Tcp.Socket) (file : File.Handle) (number : Int) (count : Int) (answer : Int) =
  Tcp.send_file socket file number count runs
    Tcp.send_file socket file number count => Ok answer
  returns Ok answer

spec send_file_error (socket : Tcp.Socket) (file : File.Handle) (number : Int) (count : Int) (error : Error) =
  Tcp.send_file socket file number count runs
    Tcp.send_file socket file number count => Err error
  returns Err error

spec shutdown_ok (socket : Tcp.Socket) =
  Tcp.shutdown socket runs
    Tcp.shutdown socket => Ok ()
  returns Ok ()

spec shutdown_error (socket : Tcp.Socket) (error : Error) =
  Tcp.shutdown socket runs
    Tcp.shutdown socket => Err error
  returns Err error

spec read_within_ok (socket : Tcp.Socket) (limit : Tcp.Limit) (answer : String) =
  Tcp.read_within socket limit runs
    Tcp.read_within socket limit => Ok answer
  returns Ok answer

spec read_within_error (socket : Tcp.Socket) (limit : Tcp.Limit) (error : Error) =
  Tcp.read_within socket limit runs
    Tcp.read_within socket limit => Err error
  returns Err error

spec write_all_of_ok (socket : Tcp.Socket) (texts : List String) =
  Tcp.write_all_of socket texts runs
    Tcp.write_all_of socket texts => Ok ()
  returns Ok ()

spec write_all_of_error (socket : Tcp.Socket) (texts : List String) (error : Error) =
  Tcp.write_all_of socket texts runs
    Tcp.write_all_of socket texts => Err error
  returns Err error

spec write_all_within_ok (socket : Tcp.Socket) (texts : List String) (limit : Tcp.Limit) =
  Tcp.write_all_within socket texts limit runs
    Tcp.write_all_within socket texts limit => Ok ()
  returns Ok ()

spec write_all_within_error (socket : Tcp.Socket) (texts : List String) (limit : Tcp.Limit) (error : Error) =
  Tcp.write_all_within socket texts limit runs
    Tcp.write_all_within socket texts limit => Err error
  returns Err error

spec write_last_within_ok (socket : Tcp.Socket) (texts : List String) (limit : Tcp.Limit) =
  Tcp.write_last_within socket texts limit runs
    Tcp.write_last_within socket texts limit => Ok ()
  returns Ok ()

spec write_last_within_error (socket : Tcp.Socket) (texts : List String) (limit : Tcp.Limit) (error : Error) =
  Tcp.write_last_within socket texts limit runs
    Tcp.write_last_within socket texts limit => Err error
  returns Err error

spec write_and_close_within_ok (socket : Tcp.Socket) (texts : List String) (limit : Tcp.Limit) =
  Tcp.write_and_close_within socket texts limit runs
    Tcp.write_and_close_within socket texts limit => Ok ()
  returns Ok ()

spec write_and_close_within_error (socket : Tcp.Socket) (texts : List String) (limit : Tcp.Limit) (error : Error) =
  Tcp.write_and_close_within socket texts limit runs
    Tcp.write_and_close_within socket texts limit => Err error
  returns Err error

spec write_held_within_ok (socket : Tcp.Socket) (texts : List String) (held : Tcp.Held) (limit : Tcp.Limit) =
  Tcp.write_held_within socket texts held limit runs
    Tcp.write_held_within socket texts held limit => Ok ()
  returns Ok ()

spec write_held_within_error (socket : Tcp.Socket) (texts : List String) (held : Tcp.Held) (limit : Tcp.Limit) (error : Error) =
  Tcp.write_held_within socket texts held limit runs
    Tcp.write_held_within socket texts held limit => Err error
  returns Err error

spec write_file_within_ok (socket : Tcp.Socket) (texts : List String) (file : File.Handle) (number : Int) (count : Int) (limit : Tcp.Limit) (answer : Int) =
  Tcp.write_file_within socket texts file number count limit runs
    Tcp.write_file_within socket texts file number count limit => Ok answer
  returns Ok answer

spec write_file_within_error (socket : Tcp.Socket) (texts : List String) (file : File.Handle) (number : Int) (count : Int) (limit : Tcp.Limit) (error : Error) =
  Tcp.write_file_within socket texts file number count limit runs
    Tcp.write_file_within socket texts file number count limit => Err error
  returns Err error

// ---- a server: each connection is closed, and what goes wrong with one is not the others' ----

let greet (socket : Tcp.Socket) (_ : String) : Unit ! {Tcp} =
  let! _ = Tcp.write_all socket "hello"
  ret ()

spec serve_ok (host : String) (number : Int) (listener : Tcp.Listener) (socket : Tcp.Socket) (peer : String) (written : Result Unit Error) =
  Tcp.serve host number greet runs
    Tcp.listen host number => Ok listener
    Tcp.connection_limit => 2
    Tcp.accept listener => Ok socket
    join
      Tcp.peer socket => peer
      Tcp.write_all socket "hello" => written
      Tcp.close socket => ()
    and
      Tcp.accept listener => Err Error.ConnectionReset
      Tcp.accept listener => Err Error.Closed
  returns Ok ()

spec serve_error (host : String) (number : Int) (error : Error) =
  Tcp.serve host number greet runs
    Tcp.listen host number => Err error
  returns Err error
