/// Virtual time: hours pass at once, in the order of the clock.
import Channel
import Task
import Test
import Time

cell Seen : List Int = []

let hour = 3_600_000

let note (n : Int) (after : Int) : Unit ! {Seen, Time} =
  do! Time.sleep after
  Seen.update (fun seen -> n :: seen)

test "an hour passes at once" = Test.simulate (
  let! before = Time.monotonic
  do! Time.sleep hour
  let! after = Time.monotonic
  ret (after - before == hour * 1_000_000))

test "the clock begins with 2000" = Test.simulate (
  do! Time.sleep 1500
  let! seconds = Time.get
  ret (Time.rfc3339 seconds == "2000-01-01T00:00:01Z"))

test "the shorter sleep ends first" = Test.simulate (
  let! _ = join (note 1 hour) (note 2 (hour - 1))
  let! seen = Seen.get
  ret (seen == [1, 2]))

let note_two (after : Int) : Unit ! {Seen, Time} =
  do! note 1 after
  note 2 after

test "sleeps add up" = Test.simulate (
  let! _ = join (note_two hour) (note 3 (2 * hour - 1))
  let! seen = Seen.get
  ret (seen == [2, 3, 1]))

test "a time-out of what never comes" = Test.simulate (
  let! never : Channel Int = Channel.make 0
  let! answer = Task.timeout hour (Channel.receive never)
  ret (answer == None))

test "a time-out that does not run out" = Test.simulate (
  let! answer = Task.timeout hour (Time.sleep (hour - 1))
  ret (answer == Some ()))

test "for every length" (a : Int) (b : Int) when a > 0 && b > a && b < 1_000_000 = Test.simulate (
  let! answer = Task.timeout b (Time.sleep a)
  ret (answer == Some ()))
