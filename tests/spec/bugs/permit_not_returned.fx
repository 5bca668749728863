// On the way out by an error the permit stays taken, and the next one waits for ever.
import Semaphore

effect Net =
  get : String -> Option String

let guarded (permits : Semaphore) (url : String) : Option String ! {Net | e} =
  do! Semaphore.acquire permits
  match! Net.get url
  | None -> ret None
  | Some text ->
    do! Semaphore.release permits
    ret (Some text)

let program : (Option String, Option String) ! {Net} =
  let! permits = Semaphore.make 1
  join (guarded permits "a") (guarded permits "b")

spec one_fails =
  program runs
    Net.get "a" => None
    Net.get "b" => Some "text"
  returns (None, Some "text")
