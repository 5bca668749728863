// Each fallible operation of Console, when it succeeds and when it fails.
import Console
import Error

spec write_ok (text : String) =
  Console.write text runs
    Console.write text => Ok ()
  returns Ok ()

spec write_error (text : String) (error : Error) =
  Console.write text runs
    Console.write text => Err error
  returns Err error
