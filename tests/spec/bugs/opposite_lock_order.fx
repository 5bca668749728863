// Each has one permit and waits for the other's.
import Semaphore

effect Disk =
  read : String -> Unit

let both (outer : Semaphore) (inner : Semaphore) (name : String) : Unit ! {Disk | e} =
  Semaphore.with_permit outer (
    do! Disk.read name
    Semaphore.with_permit inner (Disk.read name))

let program : (Unit, Unit) ! {Disk} =
  let! index = Semaphore.make 1
  let! pages = Semaphore.make 1
  join (both index pages "a") (both pages index "b")

spec both_read =
  program runs
    join
      Disk.read "a" => ()
      Disk.read "a" => ()
    and
      Disk.read "b" => ()
      Disk.read "b" => ()
  returns ((), ())
