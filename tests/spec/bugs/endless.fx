/// Programs that never end, and specs that follow them for ever: where each run is given up nothing is tested, and that is said.
import Console
import Test
import Time

effect World =
  ask : Int -> String

let asks : Unit ! {World} =
  let! _ = World.ask 1
  asks

spec asks_for_ever =
  asks runs
    World.ask 1 => "x"
    use asks_for_ever
  returns ()

let says : Unit ! {Console} =
  do! Console.print_line "a"
  says

spec says_for_ever =
  says runs
    Console.print_line "a" => ()
    use says_for_ever
  returns ()

let spins (n : Int) : Unit ! {Time} = if n == n then spins n else ret ()

spec spins_for_ever (n : Int) =
  spins n runs
  returns ()

let forever : Bool ! {Time} =
  do! Time.sleep 1
  forever

test "without an end" = Test.simulate forever
