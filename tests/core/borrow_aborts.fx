import Console

// What can only be aborted borrows what it reads before its first call that may be; the caller drops it behind the call. The handler is chosen when
// the program runs: one that is known is left by a jump.
effect Done =
  answer : Int -> Never

let early (c : Int ! {Done}) : Int ! {} =
  handle c with
  | Done.answer n -> ret n

let late (c : Int ! {Done}) : Int ! {} =
  handle c with
  | Done.answer n -> ret (n + 1)

let sum (numbers : List Int) : Int ! {Done} =
  match numbers
  | [] -> ret 0
  | n :: rest ->
    if n < 0 then Done.answer n
    else
      let! others = sum rest
      ret (n + others)

let twice (numbers : List Int) : Int ! {Done} =
  let! one = sum numbers
  let! two = sum numbers
  ret (one + two)

let main (args : List String) : Unit ! {Console} =
  let handler = match args
    | [] -> early
    | _ -> late
  let! n = handler (sum [1, 2, 3])
  let! m = handler (twice [1, 0 - 2, 3])
  Console.print_line "\(n) \(m)"
