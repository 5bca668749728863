import Console
import Promise
import Task
import Time

/// A handler of the clock reaches what branches and children of groups ask of it. A limit of time is no operation: it counts real time.
let at (clock : Int) (c : a ! {Time | e}) : a ! e =
  handle c with
  | Time.get -> ret clock
  | Time.now -> ret (clock * 1000)
  | Time.monotonic -> ret 0
  | Time.sleep _ -> ret ()

let sleeps : Option Int ! {Time} =
  Task.timeout 60_000 (
    do! Time.sleep 1_000_000_000
    Time.get)

let grouped : Int ! {Time} =
  Task.group (fun group ->
    do! Task.spawn group (Time.sleep 1_000_000_000)
    let! (a, b) = join Time.get Time.now
    ret (a + b))

let never : Option Int ! {Time} =
  Task.timeout 10 (
    let! promise = Promise.make
    Promise.wait promise)

let main (_ : List String) : Unit ! {Console} =
  let! a = at 5 sleeps
  let! b = at 5 grouped
  let! c = at 5 never
  Console.print_line "\(show a) \(b) \(show c)"
