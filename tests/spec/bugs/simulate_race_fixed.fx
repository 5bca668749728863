/// A counter behind a lock.
import Semaphore
import Test

cell Total : Int = 0

effect Store =
  load : Int
  save : Int -> Unit

/// The store takes its time: others may go on before it has answered.
let slowly (c : a ! {Store | e}) : a ! {Total | e} =
  handle c with
  | Store.load ->
    let! n = Total.get
    do! yield
    ret n
  | Store.save n ->
    do! yield
    Total.set n

let add : Unit ! {Store} =
  let! n = Store.load
  Store.save (n + 1)

let locked (lock : Semaphore) (c : a ! e) : a ! e =
  do! Semaphore.acquire lock
  let! answer = c
  do! Semaphore.release lock
  ret answer

let both (left : Semaphore -> Unit ! {Store}) (right : Semaphore -> Unit ! {Store}) : Bool ! {Total} =
  slowly (
    let! lock = Semaphore.make 1
    let! _ = join (left lock) (right lock)
    let! total = Store.load
    ret (total == 2))

test "both lock" = Test.simulate (both (fun lock -> locked lock add) (fun lock -> locked lock add))
