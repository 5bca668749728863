import Console
import Time

/// Continuations kept, dropped and resumed twice; handlers in loops.
effect Pause =
  pause : Int -> Int

effect Counter =
  next : Int

type Step e = Done Int | Paused Int (Int -> Step e ! e)

let step (c : Int ! {Pause | e}) : Step e ! e =
  handle c with
  | ret n -> ret (Done n)
  | ctl Pause.pause n resume -> ret (Paused n resume)

let drop_it (c : Unit ! {Pause | e}) : Unit ! e =
  handle c with
  | ctl Pause.pause _ _ -> ret ()

let twice (c : Int ! {Pause | e}) : Int ! e =
  handle c with
  | ctl Pause.pause n resume ->
    let! a = resume n
    let! b = resume (n * 10)
    ret (a + b)

let guarded : Unit ! {Pause, Console} =
  bracket (Console.print_line "acquired") (fun _ -> Console.print_line "released")
    (fun _ ->
      let! _ = Pause.pause 1
      Console.print_line "never said")

let conversation : Int ! {Pause, Time} =
  let! a = Pause.pause 1
  do! Time.sleep 1
  let! b = Pause.pause (a + 1)
  ret (a + b)

let rec_sum (n : Int) : Int ! {Counter} =
  let loop (i : Int) (total : Int) : Int ! {Counter} =
    if i == 0 then ret total
    else
      let! x = Counter.next
      loop (i - 1) (total + x)
  loop n 0

let ones (c : a ! {Counter | e}) : a ! e =
  handle c with
  | Counter.next -> ret 1

let from (start : Int) (c : a ! {Counter | e}) : a ! e =
  let! run =
    handle c with
    | ret x -> ret (fun _ -> ret x)
    | ctl Counter.next resume ->
      ret (fun n ->
        let! rest = resume n
        rest (n + 1))
  run start

let talk (start : Step {Console, Time}) : Unit ! {Console, Time} =
  match start with
  | Done n -> Console.print_line "done \(n)"
  | Paused n resume ->
    do! Console.print_line "paused at \(n)"
    let! next = resume (n * 5)
    talk next

let main (args : List String) : Unit ! {Console, Time} =
  let! start = step conversation
  do! talk start
  do! drop_it guarded
  let! n =
    twice (
      let! a = Pause.pause 1
      let! b = Pause.pause 2
      ret (a * b))
  do! Console.print_line "\(n)"
  let! n = ones (rec_sum 1000000)
  do! Console.print_line "\(n)"
  let! n = from 1 (rec_sum 100000)
  Console.print_line "\(n)"
