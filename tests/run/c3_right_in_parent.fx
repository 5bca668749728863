import Console
import Task
import Time

// What a join does with its right branch, which runs in the parent's task while the left one waits.
let noisy (name : String) (work : Int ! {Console, Time}) : Int ! {Console, Time} =
  bracket (Console.print_line "\(name) begins")
    (fun () -> Console.print_line "\(name) released")
    (fun () -> work)

let slow (name : String) : Int ! {Console, Time} = noisy name (let! () = Time.sleep 60_000 in ret 1)

// Waits so many times; what else is ready goes first.
let rounds (n : Int) : Unit ! e =
  do! yield
  if n > 1 then rounds (n - 1)

let fail_after (n : Int) : Int ! {Console, Time} =
  do! rounds n
  ret (1 / (n - n))

// The left branch fails: the right one, with its own joins, is unwound.
let left_fails : Int ! {Console, Time} =
  let! (a, (b, c)) = join (fail_after 5) (join (slow "inner left") (slow "inner right"))
  ret (a + b + c)

// The right one fails, in the innermost join.
let right_fails : Int ! {Console, Time} =
  let! (a, (b, c)) = join (slow "outer left") (join (slow "inner left") (fail_after 5))
  ret (a + b + c)

let cancelled : Int ! {Console, Time} =
  let! (a, (b, c)) = join (slow "outer left") (join (slow "inner left") (slow "inner right"))
  ret (a + b + c)

// A shield around the inner join: the outer left is cancelled at once, the inner join ends first.
let shielded : Int ! {Console, Time} =
  let inner = join (noisy "quick left" (let! () = rounds 9 in ret 2)) (noisy "quick right" (let! () = rounds 7 in ret 3))
  let! (a, (b, c)) = join (slow "outer left") (Task.uncancellable inner)
  ret (a + b + c)

let show_outcome (name : String) (work : Int ! {Console, Time}) : Unit ! {Console, Time} =
  match! Task.isolate work
  | Ok n -> Console.print_line "\(name): \(n)"
  | Err fault -> Console.print_line "\(name): \(fault.message)"

let show_loser (work : Int ! {Console, Time}) : Unit ! {Console, Time} =
  match! first work (rounds 3)
  | Left n -> Console.print_line "\(n)"
  | Right () -> Console.print_line "cancelled"

let main (_ : List String) : Unit ! {Console, Time} =
  do! show_outcome "left fails" left_fails
  do! show_outcome "right fails" right_fails
  do! show_loser cancelled
  do! show_loser shielded
  let! (a, b) = join (noisy "left" (let! () = rounds 9 in ret 1)) (noisy "right" (let! () = rounds 1 in ret 2))
  Console.print_line "\(a) \(b)"
