// The second mirror is to be asked only when the first has nothing.
import Dns
import Error

let look_up (name : String) : Result (List String) Error ! {Dns} =
  match! first (Dns.resolve "a.\(name)") (Dns.resolve "b.\(name)")
  | Left answer | Right answer -> ret answer

spec asks_one (addresses : List String) =
  look_up "example.org" runs
    Dns.resolve "a.example.org" => Err Error.HostNotFound
    Dns.resolve "b.example.org" => Ok addresses
  returns Ok addresses

spec asks_nobody_else (addresses : List String) =
  look_up "example.org" runs
    Dns.resolve "a.example.org" => Ok addresses
  returns Ok addresses
