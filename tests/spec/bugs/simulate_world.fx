/// In a simulation there is no console.
import Console
import Test
import Time

let greet : Bool ! {Console, Time} =
  do! Time.sleep 1000
  do! Console.print_line "hello"
  ret True

test "greets" = Test.simulate greet
