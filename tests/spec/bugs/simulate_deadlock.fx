/// Two locks, taken in different orders.
import Semaphore
import Test

let with_both (outer : Semaphore) (inner : Semaphore) : Unit ! e =
  do! Semaphore.acquire outer
  do! yield
  do! Semaphore.acquire inner
  do! Semaphore.release inner
  Semaphore.release outer

test "in two orders" = Test.simulate (
  let! a = Semaphore.make 1
  let! b = Semaphore.make 1
  let! _ = join (with_both a b) (with_both b a)
  ret True)
