import Console
import List
import Promise
import Task
import Time

let say (milliseconds : Int) (text : String) : Unit ! {Console, Time} =
  do! if milliseconds > 0 then Time.sleep milliseconds
  Console.print_line text

let held (name : String) (c : a ! {Console | e}) : a ! {Console | e} =
  bracket (Console.print_line "open \(name)") (fun () -> Console.print_line "close \(name)") (fun () -> c)

// A child begins when its parent next waits; the group ends with its last child.
let children : Int ! {Console, Time} =
  Task.group (fun group ->
    let! is_told = Promise.make
    do! Task.spawn group (let! () = Promise.wait is_told in say 1 "third")
    do! Task.spawn group (say_and_tell is_told)
    do! Task.spawn group (say 0 "first")
    do! Console.print_line "spawned"
    ret 7)

let say_and_tell (is_told : Promise Unit) : Unit ! {Console, Time} =
  do! say 10 "second"
  let! _ = Promise.set is_told ()
  ret ()

// A child may spawn more.
let nested (n : Int) : Unit ! {Console, Time} =
  Task.group (fun group -> Task.spawn group (descend group n))

let descend group n =
  do! say 1 "\(n)"
  if n > 0 then Task.spawn group (descend group (n - 1))

let cancelled : Unit ! {Console, Time} =
  match! first (Task.group (fun group ->
      do! Task.spawn group (held "a" (Time.sleep 60_000))
      do! Task.spawn group (held "b" (Time.sleep 60_000))
      held "body" (Time.sleep 60_000))) (Time.sleep 20)
  | Left () -> Console.print_line "the group ended"
  | Right () -> Console.print_line "the group was cancelled"

let main (_ : List String) : Unit ! {Console, Time} =
  let! n = children
  do! Console.print_line "\(n)"
  do! nested 3
  do! cancelled
  let! sums = Task.group (fun group ->
    do! List.iter_seq (fun n -> Task.spawn group (Time.sleep (n % 3))) (List.range 0 10_000)
    ret 10_000)
  Console.print_line "\(sums)"
