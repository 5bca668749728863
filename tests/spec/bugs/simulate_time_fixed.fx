/// Of two sleeps the shorter ends first.
import Test
import Time

cell Seen : List Int = []

let hour = 3_600_000

let note (n : Int) (after : Int) : Unit ! {Seen, Time} =
  do! Time.sleep after
  Seen.update (fun seen -> n :: seen)

test "one after the other" = Test.simulate (
  let! _ = join (note 1 hour) (note 2 (hour + 1))
  let! seen = Seen.get
  ret (seen == [2, 1]))
