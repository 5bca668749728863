// A number is read, then the task waits, then it is counted up.
effect Log =
  note : Int -> Unit

cell Next : Int = 1

let number : Int ! {Log, Next} =
  let! n = Next.get
  do! Next.set (n + 1)
  do! Log.note 0
  ret n

spec different =
  join number number runs
    join
      Log.note 0 => ()
    and
      Log.note 0 => ()
  returns (1, 2)
