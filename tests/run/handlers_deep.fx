import Console

/// A million of everything.
effect Fail =
  fail : Int -> Never

effect Ask =
  ask : Int

effect Pause =
  pause : Int -> Int

cell Count : Int = 0

let or_answer (c : Int ! {Fail | e}) : Int ! e =
  handle c with
  | Fail.fail n -> ret n

let asked (n : Int) (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask -> ret n

let one_more (c : a ! {Ask | e}) : a ! {Ask | e} =
  handle c with
  | Ask.ask ->
    let! n = Ask.ask
    ret (n + 1)

/// Handlers round a recursion.
let nested (n : Int) : Int ! {Ask} =
  if n == 0 then Ask.ask
  else
    let! m = asked n (nested (n - 1))
    ret (m + 1)

/// Each clause performs outward: a million calls deep.
let chain (n : Int) : Int ! {Ask} = if n == 0 then Ask.ask else one_more (chain (n - 1))

let nested_aborts (n : Int) : Int ! {Fail} =
  if n == 0 then Fail.fail 1
  else
    let! m = or_answer (nested_aborts (n - 1))
    Fail.fail (m + 1)

let deep_abort (n : Int) : Int ! {Fail} =
  if n == 0 then Fail.fail 42
  else
    let! m = deep_abort (n - 1)
    ret (m + 1)

let many_aborts (n : Int) (total : Int) : Int ! e =
  if n == 0 then ret total
  else
    let! m = or_answer (if n % 2 == 0 then Fail.fail 2 else ret 1)
    many_aborts (n - 1) (total + m)

let resumed (c : a ! {Pause | e}) : a ! e =
  handle c with
  | ctl Pause.pause n resume -> resume (n + 1)

let resumed_then (c : Int ! {Pause | e}) : Int ! e =
  handle c with
  | ctl Pause.pause n resume ->
    let! m = resume n
    ret (m + 1)

let pause_often (n : Int) (total : Int) : Int ! {Pause} =
  if n == 0 then ret total
  else
    let! m = Pause.pause n
    pause_often (n - 1) (total + m - n)

/// Kept and resumed from outside, a million times.
type Step e = Done Int | Paused (Int -> Step e ! e)

let step (c : Int ! {Pause | e}) : Step e ! e =
  handle c with
  | ret n -> ret (Done n)
  | ctl Pause.pause _ resume -> ret (Paused resume)

let drive (s : Step e) (n : Int) : Int ! e =
  match s
  | Done m -> ret (n + m)
  | Paused resume ->
    let! next = resume (n + 1)
    drive next (n + 1)

let dropped (c : Int ! {Pause | e}) : Int ! e =
  handle c with
  | ctl Pause.pause n _ -> ret n

let deep_pause (n : Int) : Int ! {Pause} =
  if n == 0 then Pause.pause 7
  else
    let! m = deep_pause (n - 1)
    ret (m + 1)

let main (_ : List String) : Unit ! {Console} =
  let! n = asked 5 (nested 1000000)
  do! Console.print_line "nested \(n)"
  let! n = asked 5 (chain 1000000)
  do! Console.print_line "chain \(n)"
  let! n = or_answer (nested_aborts 1000000)
  do! Console.print_line "nested aborts \(n)"
  let! n = or_answer (deep_abort 1000000)
  do! Console.print_line "deep abort \(n)"
  let! n = many_aborts 1000000 0
  do! Console.print_line "many aborts \(n)"
  let! n = resumed (pause_often 1000000 0)
  do! Console.print_line "resumed \(n)"
  let! n = resumed_then (pause_often 1000000 0)
  do! Console.print_line "resumed, then more \(n)"
  let! s = step (pause_often 1000000 0)
  let! n = drive s 0
  do! Console.print_line "driven \(n)"
  let! n = dropped (deep_pause 1000000)
  do! Console.print_line "dropped \(n)"
  let! n = resumed (deep_pause 1000000)
  do! Console.print_line "deep \(n)"
  let! n = resumed (nested_runs 100000)
  Console.print_line "nested runs \(n)"

/// A continuation with a hundred thousand private values in it.
let nested_runs (n : Int) : Int ! {Pause} =
  if n == 0 then Pause.pause 7
  else
    let! (m, kept) = Count.run n (nested_runs (n - 1))
    ret (m + kept)
