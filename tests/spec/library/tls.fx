// Each fallible operation of Tls, when it succeeds and when it fails.
import Error
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
