// Without a bracket, who is cancelled while it works leaves the lock locked, and the next one waits for ever.
import Semaphore
import Time

effect Disk =
  read : String -> Unit

let locked (lock : Semaphore) (name : String) : Unit ! {Disk | e} =
  do! Semaphore.acquire lock
  do! Disk.read name
  Semaphore.release lock

let program : Unit ! {Disk, Time} =
  let! lock = Semaphore.make 1
  let! _ = first (Time.sleep 10) (locked lock "large")
  locked lock "small"

spec goes_on =
  program runs
    left
      Time.sleep 10 => ()
    losing
      Disk.read "large" => ()
    Disk.read "small" => ()
  returns ()
