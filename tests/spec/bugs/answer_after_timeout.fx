// The answer came too late, yet what it left in the cell is taken for fresh.
import Task
import Time

effect Weather =
  ask : Int

cell Last : Int = 0

let ask : Unit ! {Weather, Last} =
  let! degrees = Weather.ask
  Last.set degrees

let fresh : Option Int ! {Weather, Last, Time} =
  let! _ = first (Time.sleep 1000) (Task.uncancellable ask)
  let! degrees = Last.get
  ret (Some degrees)

spec in_time (degrees : Int) =
  fresh runs
    right
      Weather.ask => degrees
    losing
      Time.sleep 1000 => ()
  returns Some degrees

spec too_late =
  fresh runs
    left
      Time.sleep 1000 => ()
    losing
      Weather.ask => 20
  returns None
