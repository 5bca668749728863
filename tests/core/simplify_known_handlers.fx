import Console
import Time

// A control clause and one that ends the handle: continuations are functions, and the loop that asks becomes one.
effect Choose =
  choose : Int -> Bool
  fail : Never

let bits (n : Int) (sum : Int) : Int ! {Choose} =
  if n == 0 then (if sum % 3 == 0 then ret sum else Choose.fail)
  else
    let! one = Choose.choose n
    bits (n - 1) (if one then sum * 2 + 1 else sum * 2)

let count (c : Int ! {Choose | e}) : Int ! e =
  handle c with
  | ret _ -> ret 1
  | Choose.fail -> ret 0
  | ctl Choose.choose _ resume ->
    let! with_one = resume True
    let! without = resume False
    ret (with_one + without)

// Plain clauses alone are called, and what they capture is handed on.
effect Ask =
  ask : Int -> Int

let answered (bonus : Int) (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask n -> ret (n + bonus)

let sum (n : Int) : Int ! {Ask} =
  if n == 0 then ret 0
  else
    let! asked = Ask.ask n
    let! rest = sum (n - 1)
    ret (asked + rest)

// Each call that performs would need a continuation, and the handler only aborts: by a jump.
effect Stop =
  stop : Int -> Never

let stopped (c : Int ! {Stop | e}) : Int ! e =
  handle c with
  | Stop.stop n -> ret n

let deep (n : Int) : Int ! {Stop} =
  if n == 0 then Stop.stop 7
  else
    let! m = deep (n - 1)
    ret (m + 1)

// The same where something waits under the handle: left to the runtime.
let slow (n : Int) : Int ! {Stop, Time} =
  if n == 0 then Stop.stop 7
  else
    let! m = slow (n - 1)
    do! Time.sleep m
    ret (m + 1)

let main (args : List String) : Unit ! {Console, Time} =
  let! counted = count (bits 10 0)
  let! summed = match args
    | [] -> answered 3 (sum 10)
    | _ -> answered 4 (sum 12)
  let! n = stopped (deep 9)
  let! m = stopped (slow 9)
  Console.print_line "\(counted) \(summed) \(n) \(m)"
