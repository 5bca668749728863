import Console
import List
import Task
import Time

let slow (milliseconds : Int) (text : String) : String ! {Console, Time} =
  bracket (ret text) (fun text -> Console.print_line "close \(text)") (fun text ->
    do! Time.sleep milliseconds
    ret text)

let report (option : Option String) : Unit ! {Console} = Console.print_line (show option)

let burn (until : Int) : Unit ! {Time | e} =
  let! now = Time.monotonic
  if now < until then burn until

let main (_ : List String) : Unit ! {Console, Time} =
  let! a = Task.timeout 100 (slow 60_000 "a")
  do! report a
  let! b = Task.timeout 60_000 (slow 5 "b")
  do! report b
  // The inner limit is longer than the outer one: the outer one counts.
  let! c = Task.timeout 100 (let! inner = Task.timeout 60_000 (slow 60_000 "c") in ret (show inner))
  do! report c
  let! d = Task.timeout 60_000 (let! inner = Task.timeout 100 (slow 60_000 "d") in ret (show inner))
  do! report d
  // Past its time a computation starts nothing more.
  let! now = Time.monotonic
  let! e = Task.timeout 5 (
    do! burn (now + 20_000_000)
    do! Time.sleep 0
    do! Console.print_line "never"
    ret "e")
  do! report e
  let! f = Task.timeout 0 (ret "f")
  do! report f
  let! many = List.map_par (fun n -> Task.timeout (1 + n % 5) (Time.sleep 60_000)) (List.range 0 1000)
  Console.print_line "\(List.length (List.filter (fun one -> one == None) many))"
