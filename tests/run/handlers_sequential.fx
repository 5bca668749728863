import Console
import List
import Task
import Time

/// Where a handler with control clauses encloses, on whichever level, several things at once are one after the other.
effect Amb =
  flip : Bool

effect Ask =
  ask : Int

let choices (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let asked (n : Int) (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask -> ret n

let says (name : String) : Bool ! {Amb, Console, Time} =
  do! Time.sleep 1
  let! heads = Amb.flip
  do! Console.print_line "\(name) \(heads)"
  ret heads

let spawning (group : Task.Group {Amb, Console, Time}) : String ! {Amb, Console, Time} =
  do! Task.spawn group (flip_for "child")
  do! Console.print_line "behind the spawn"
  do! Task.spawn group (flip_for "second child")
  ret "body"

let flip_for (name : String) : Unit ! {Amb, Console, Time} =
  let! _ = says name
  ret ()

let in_map_par : List Bool ! {Amb, Console, Time} = List.map_par says ["a", "b"]

let in_time : Option Bool ! {Amb, Console, Time} = Task.timeout 0 (says "late")

let first_good : Result Int (List String) ! {Amb, Console} =
  Task.first_ok [good_if_tails "a" 1, good_if_tails "b" 2]

let good_if_tails (name : String) (n : Int) : Result Int String ! {Amb, Console} =
  let! heads = Amb.flip
  do! Console.print_line "tried \(name)"
  ret (if heads then Err name else Ok n)

/// The control clause is two levels out, and in another function; the inner handlers are plain.
let far_out : (Int, Either Int Int) ! {Ask} =
  let! (a, b) = join (asked 10 Ask.ask) Ask.ask
  let! either = asked 3 (first Ask.ask (ret 5))
  ret (a + b, either)

let main (_ : List String) : Unit ! {Console, Time} =
  let! answers = choices (join (says "left") (says "right"))
  do! Console.print_line (show answers)
  let! answers = choices (first (says "left") (says "right"))
  do! Console.print_line (show answers)
  let! answers = choices in_map_par
  do! Console.print_line (show answers)
  let! answers = choices (List.map_pool 1 says ["p", "q"])
  do! Console.print_line "\(List.length answers)"
  let! answers = choices (Task.group spawning)
  do! Console.print_line (show answers)
  let! answers = choices in_time
  do! Console.print_line (show answers)
  let! answers = choices first_good
  do! Console.print_line (show answers)
  let! answers = choices (asked 1 far_out)
  do! Console.print_line (show answers)
  let! answers = choices (Task.uncancellable Amb.flip)
  do! Console.print_line (show answers)
  ret ()
