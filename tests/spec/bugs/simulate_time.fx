/// Of two sleeps that end at the same time either may be the first.
import Test
import Time

cell Seen : List Int = []

let hour = 3_600_000

let note (n : Int) (after : Int) : Unit ! {Seen, Time} =
  do! Time.sleep after
  Seen.update (fun seen -> n :: seen)

test "at the same time: either may be first" = Test.simulate (
  let! _ = join (note 1 hour) (note 2 hour)
  let! seen = Seen.get
  ret (Test.equal seen [2, 1]))
