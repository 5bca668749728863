// Each fallible operation of Dns, when it succeeds and when it fails.
import Dns
import Error

spec resolve_ok (text : String) (answer : List String) =
  Dns.resolve text runs
    Dns.resolve text => Ok answer
  returns Ok answer

spec resolve_error (text : String) (error : Error) =
  Dns.resolve text runs
    Dns.resolve text => Err error
  returns Err error
