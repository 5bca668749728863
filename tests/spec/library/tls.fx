// Each fallible operation of Tls, when it succeeds and when it fails.
import Error
import Tcp
import Tls

spec take_ok (session : Tls.Session) (answer : Option String) =
  Tls.take session runs
    Tls.take session => Ok answer
  returns Ok answer

spec take_error (session : Tls.Session) (error : Error) =
  Tls.take session runs
    Tls.take session => Err error
  returns Err error

spec seal_ok (session : Tls.Session) (text : String) =
  Tls.seal session text runs
    Tls.seal session text => Ok ()
  returns Ok ()

spec seal_error (session : Tls.Session) (text : String) (error : Error) =
  Tls.seal session text runs
    Tls.seal session text => Err error
  returns Err error

spec load_ok (certificate : String) (key : String) (context : Tls.Context) =
  Tls.load certificate key runs
    Tls.load certificate key => Ok context
  returns Ok context

spec load_error (certificate : String) (key : String) (problem : String) =
  Tls.load certificate key runs
    Tls.load certificate key => Err problem
  returns Err problem

// ---- what goes through a connection, between the session and its socket ----

spec read_ok (socket : Tcp.Socket) (session : Tls.Session) (text : String) =
  Tls.read { socket, session } runs
    Tls.take session => Ok None
    Tls.outgoing session => "greeting"
    Tcp.write_all socket "greeting" => Ok ()
    Tcp.read socket => Ok "bytes"
    Tls.put session "bytes" => ()
    Tls.take session => Ok (Some text)
  returns Ok text

/// What is wrong is also told to the other side.
spec read_error (socket : Tcp.Socket) (session : Tls.Session) (error : Error) (written : Result Unit Error) =
  Tls.read { socket, session } runs
    Tls.take session => Err error
    Tls.outgoing session => "alert"
    Tcp.write_all socket "alert" => written
  returns Err error

spec write_all_ok (socket : Tcp.Socket) (session : Tls.Session) (text : String) =
  Tls.write_all { socket, session } text runs
    Tls.seal session text => Ok ()
    Tls.outgoing session => "sealed"
    Tcp.write_all socket "sealed" => Ok ()
  returns Ok ()

spec write_all_error (socket : Tcp.Socket) (session : Tls.Session) (text : String) (error : Error) =
  Tls.write_all { socket, session } text runs
    Tls.seal session text => Err error
  returns Err error

spec shutdown_ok (socket : Tcp.Socket) (session : Tls.Session) (answer : Result Unit Error) =
  Tls.shutdown { socket, session } runs
    Tls.finish session => ()
    Tls.outgoing session => ""
    Tcp.shutdown socket => answer
  returns answer

spec shutdown_error (socket : Tcp.Socket) (session : Tls.Session) (error : Error) =
  Tls.shutdown { socket, session } runs
    Tls.finish session => ()
    Tls.outgoing session => "sealed"
    Tcp.write_all socket "sealed" => Err error
  returns Err error
