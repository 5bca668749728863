/// Neither faults.
effect World =
  tell : Int -> Unit

let tell_share (n : Int) : Unit ! {World} = World.tell (if n == 0 then 0 else 100 / n)

spec tells_share (n : Int) =
  tell_share n runs
    World.tell (if n == 0 then 0 else 100 / n) => ()
  returns ()
