/// Two locks, taken in one order.
import Semaphore
import Test

let with_both (outer : Semaphore) (inner : Semaphore) : Unit ! e =
  do! Semaphore.acquire outer
  do! yield
  do! Semaphore.acquire inner
  do! Semaphore.release inner
  Semaphore.release outer

test "in one order" = Test.simulate (
  let! a = Semaphore.make 1
  let! b = Semaphore.make 1
  let! _ = join (with_both a b) (with_both a b)
  ret True)
