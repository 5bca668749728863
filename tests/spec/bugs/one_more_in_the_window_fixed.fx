// Two in ten seconds are allowed, however they lie.
import List
import Time

cell Times : List Int = []

let allow : Bool ! {Time, Times} =
  let! now = Time.get
  let! times = Times.get
  let recent = List.filter (fun t -> now - t < 10) times
  if List.length recent >= 2 then ret False
  else
    do! Times.set (now :: recent)
    ret True

spec third_waits_for_the_first =
  List.map_seq (fun _ -> allow) [1, 2, 3, 4] runs
    Time.get => 100
    Time.get => 101
    Time.get => 109
    Time.get => 110
  returns [True, True, False, True]
