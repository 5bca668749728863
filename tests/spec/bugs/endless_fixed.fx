/// Programs that come to an end after so many rounds as they are told. Of each some runs are given up, those with a large number: the others count.
import Console
import Test
import Time

effect World =
  ask : Int -> String

let asks (n : Int) : Unit ! {World} =
  if n <= 0 then ret ()
  else
    let! _ = World.ask 1
    asks (n - 1)

spec asks_so_often (n : Int) =
  asks n runs
    if n > 0 then
      World.ask 1 => "x"
      use asks_so_often (n - 1)
  returns ()

let says (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line "a"
    says (n - 1)

spec says_so_often (n : Int) =
  says n runs
    if n > 0 then
      Console.print_line "a" => ()
      use says_so_often (n - 1)
  returns ()

let spins (n : Int) : Unit ! {Time} = if n > 0 then spins (n - 1) else ret ()

spec spins_so_often (n : Int) =
  spins n runs
  returns ()

let naps (n : Int) : Bool ! {Time} =
  if n == 0 then ret True
  else
    do! Time.sleep 1
    naps (n - 1)

test "with an end" = Test.simulate (naps 10)
