// The time limit is meant for the whole, but begins again with each part.
import List
import Time

effect Net =
  part : Int -> Unit

let part (n : Int) : Unit ! {Net, Time} =
  do! Time.sleep 60
  Net.part n

let all : Bool ! {Net, Time} =
  match! first (Time.sleep 100) (List.iter_seq part [1, 2])
  | Left () -> ret False
  | Right () -> ret True

spec second_is_late =
  all runs
    left
      Time.sleep 100 => ()
    losing
      Time.sleep 60 => ()
      Net.part 1 => ()
      Time.sleep 60 => ()
  returns False
