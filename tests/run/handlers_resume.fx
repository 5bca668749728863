import Channel
import Console
import List
import Time

/// What a control clause may do with its continuation.
effect Pause =
  pause : Int -> Int

effect Ask =
  ask : Int

effect Fail =
  fail : Never

cell Steps : Int = 0

type Step e = Done Int | Paused Int (Int -> Step e ! e)

let step (c : Int ! {Pause | e}) : Step e ! e =
  handle c with
  | ret n -> ret (Done n)
  | ctl Pause.pause n resume -> ret (Paused n resume)

let asked (n : Int) (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask -> ret n

let or_zero (c : Int ! {Fail | e}) : Int ! e =
  handle c with
  | Fail.fail -> ret 0

/// Zero times, once, many times.
let never (c : Int ! {Pause | e}) : Int ! e =
  handle c with
  | ctl Pause.pause n _ -> ret (n * 1000)

let once (c : Int ! {Pause | e}) : Int ! e =
  handle c with
  | ctl Pause.pause n resume -> resume (n + 1)

/// Not last: something is left to do behind it.
let added (c : Int ! {Pause | e}) : Int ! e =
  handle c with
  | ctl Pause.pause n resume ->
    let! m = resume n
    ret (m + 1)

let three_times (c : Int ! {Pause | e}) : List Int ! e =
  handle c with
  | ret n -> ret [n]
  | ctl Pause.pause n resume ->
    let! lists = List.map_seq resume [n, n * 10, n * 100]
    ret (List.concat lists)

let pauses : Int ! {Pause} =
  let! a = Pause.pause 1
  let! b = Pause.pause 2
  ret (a + b)

/// Resumed where its handle has ended long ago, by what is in force there.
let asking : Int ! {Pause, Ask, Fail} =
  let! a = Ask.ask
  let! b = Pause.pause a
  let! c = Ask.ask
  if b + c > 100 then Fail.fail else ret (a * 10000 + b * 100 + c)

let resumed_with (n : Int) (s : Step {Ask, Fail, Console, Time}) : Int ! {Ask, Fail, Console, Time} =
  match s
  | Done m -> ret m
  | Paused _ resume ->
    match! resume n
    | Done m -> ret m
    | Paused m _ -> ret m

/// A private value goes with the continuation: each copy has its own.
let counting : Int ! {Pause, Steps} =
  do! Steps.update (fun n -> n + 1)
  let! a = Pause.pause 5
  do! Steps.update (fun n -> n + a)
  Steps.get

let with_own_steps : (Int, Int) ! {Pause} = Steps.run 100 counting

let step_pair (c : (Int, Int) ! {Pause | e}) : List (Int, Int) ! e =
  handle c with
  | ret pair -> ret [pair]
  | ctl Pause.pause n resume ->
    let! a = resume n
    let! b = resume (n * 2)
    ret (a ++ b)

/// From another task, which got it through a channel.
let paused_in_task (waiting : Channel (Int -> Step {Console, Time} ! {Console, Time})) : Unit ! {Console, Time} =
  match! step conversation
  | Done n -> Console.print_line "done at once \(n)"
  | Paused n resume ->
    do! Console.print_line "paused at \(n)"
    let! _ = Channel.send waiting resume
    ret ()

let conversation : Int ! {Pause, Console, Time} =
  let! a = Pause.pause 1
  do! Time.sleep 1
  do! Console.print_line "woken with \(a)"
  let! b = Pause.pause (a + 1)
  ret (a + b)

let resumer (waiting : Channel (Int -> Step {Console, Time} ! {Console, Time})) : Unit ! {Console, Time} =
  match! Channel.receive waiting
  | None -> Console.print_line "nothing came"
  | Some resume -> talk (Paused 0 resume)

let talk (s : Step {Console, Time}) : Unit ! {Console, Time} =
  match s
  | Done n -> Console.print_line "done \(n)"
  | Paused n resume ->
    do! Console.print_line "resuming \(n)"
    let! next = resume (n + 10)
    talk next

/// A dropped continuation is cancelled: its releases run, innermost first.
let held : Int ! {Pause, Console} =
  bracket (Console.print_line "open outer") (fun _ -> Console.print_line "close outer")
    (fun _ ->
      bracket (Console.print_line "open inner") (fun _ -> Console.print_line "close inner") (fun _ -> Pause.pause 3))

/// Resumed once, a bracket goes on and ends as ever.
let held_once : Int ! {Console} = once held

/// One is kept, then dropped.
let keep_then_drop : Int ! {Console} =
  let! s = step held
  do! Console.print_line "kept"
  match s
  | Done n -> ret n
  | Paused n _ -> ret (n * 2)

let main (_ : List String) : Unit ! {Console, Time} =
  let! n = never pauses
  do! Console.print_line "\(n)"
  let! n = once pauses
  do! Console.print_line "\(n)"
  let! n = added pauses
  do! Console.print_line "\(n)"
  let! list = three_times pauses
  do! Console.print_line (show list)
  let! s = asked 1 (or_else (Done 0) (step asking))
  let! n = asked 2 (or_zero (resumed_with 33 s))
  do! Console.print_line "\(n)"
  let! n = asked 3 (asked 4 (or_zero (asked 5 (resumed_with 44 s))))
  do! Console.print_line "\(n)"
  let! n = or_zero (asked 60 (resumed_with 55 s))
  do! Console.print_line "\(n)"
  let! pairs = step_pair with_own_steps
  do! Console.print_line (show pairs)
  let! (pairs, last) = Steps.run 0 (step_pair (Steps.run 100 counting))
  do! Console.print_line "\(show pairs) \(last)"
  let! channel = Channel.make 1
  let! _ = join (paused_in_task channel) (resumer channel)
  let! n = never held
  do! Console.print_line "\(n)"
  let! n = held_once
  do! Console.print_line "\(n)"
  let! n = keep_then_drop
  do! Console.print_line "\(n)"
  Console.print_line "the end"

let or_else (otherwise : a) (c : a ! {Fail | e}) : a ! e =
  handle c with
  | Fail.fail -> ret otherwise
