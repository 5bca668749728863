/// The program's own console.
import Console
import Test
import Time

let greet : Bool ! {Console, Time} =
  do! Time.sleep 1000
  do! Console.print_line "hello"
  ret True

test "greets" = Test.simulate (
  handle greet with
  | Console.print_line _ -> ret ()
  | Console.write _ -> ret (Ok ())
  | Console.print _ -> ret ()
  | Console.error_line _ -> ret ()
  | Console.is_terminal -> ret False
  | Console.read_line -> ret None
  | Console.read_all -> ret "")
