/// The program faults before it asks, and the spec where it says what is asked.
effect World =
  tell : Int -> Unit

let tell_share (n : Int) : Unit ! {World} = World.tell (100 / n)

spec tells_share (n : Int) =
  tell_share n runs
    World.tell (100 / n) => ()
  returns ()
