// A fault within is taken for success.
import Task

effect Store =
  begin : Unit
  put : Int -> Unit
  commit : Unit
  roll_back : Unit

let put (x : Int) (y : Int) : Unit ! {Store} =
  let share = x / y
  Store.put share

let save (x : Int) (y : Int) : Bool ! {Store} =
  do! Store.begin
  match! Task.isolate (put x y)
  | _ ->
    do! Store.commit
    ret True

spec saves =
  save 6 3 runs
    Store.begin => ()
    Store.put 2 => ()
    Store.commit => ()
  returns True

spec rolls_back =
  save 6 0 runs
    Store.begin => ()
    Store.roll_back => ()
  returns False
