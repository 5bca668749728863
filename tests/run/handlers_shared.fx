import Console
import List
import String
import Time

/// Resumptions of one continuation, each of which has a handle of its own: in turn, at the same time, one within the release of another.
effect Pause =
  pause : Int -> Int
  fail : Never

type Step e = Done Int | Failed | Paused Int (Int -> Step e ! e)

cell Kept : Step {Console, Time, Kept} = Failed

let step (c : Int ! {Pause | e}) : Step e ! e =
  handle c with
  | ret n -> ret (Done n)
  | Pause.fail -> ret Failed
  | ctl Pause.pause n resume -> ret (Paused n resume)

let show_step (s : Step e) : String =
  match s
  | Done n -> "done \(n)"
  | Failed -> "failed"
  | Paused n _ -> "paused \(n)"

let go_on (n : Int) (s : Step e) : Step e ! e =
  match s
  | Paused _ resume -> resume n
  | _ -> ret s

let slow : Int ! {Pause, Time} =
  let! a = Pause.pause 1
  do! Time.sleep (a * 10)
  let! b = Pause.pause (a * 100)
  do! Time.sleep (30 - a * 10)
  if a == 2 then Pause.fail else ret (a + b)

let twice_on (m : Int) (n : Int) (s : Step e) : Step e ! e =
  let! t = go_on m s
  go_on n t

/// Both tasks go on with the same continuation, and wait in it.
let both (s : Step {Console, Time, Kept}) : (Step {Console, Time, Kept}, Step {Console, Time, Kept}) ! {Console, Time, Kept} =
  join (twice_on 1 5 s) (twice_on 2 6 s)

let in_turn (s : Step e) (numbers : List Int) : List String ! e =
  List.map_seq
    (fun n ->
      let! t = go_on n s
      let! last = go_on n t
      ret "\(show_step t), \(show_step last)")
    numbers

/// Dropped while another resumption has the same handle: its release still knows its own.
let held : Int ! {Pause, Console, Kept} =
  let! a = Pause.pause 1
  if a == 1 then
    bracket (Console.print_line "open") (fun _ -> release) (fun _ -> Pause.pause 2)
  else
    do! Kept.set Failed
    do! Console.print_line "dropped"
    let! b = Pause.pause 3
    if b == 0 then Pause.fail else ret (a + b)

let release : Unit ! {Pause, Console} =
  do! Console.print_line "close"
  Pause.fail

let keep (s : Step {Console, Time, Kept}) : Unit ! {Console, Time, Kept} =
  let! t = go_on 1 s
  do! Console.print_line (show_step t)
  Kept.set t

let dropped_within : Unit ! {Console, Time, Kept} =
  let! s = step held
  do! keep s
  let! u = go_on 2 s
  do! Console.print_line (show_step u)
  let! v = go_on 0 u
  let! w = go_on 7 u
  Console.print_line "\(show_step v), \(show_step w)"

let main (_ : List String) : Unit ! {Console, Time, Kept} =
  let! s = step slow
  let! (a, b) = both s
  do! Console.print_line "\(show_step a), \(show_step b)"
  let! lines = in_turn s [1, 2, 3]
  do! Console.print_line (String.join "; " lines)
  dropped_within
