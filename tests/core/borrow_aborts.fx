import Console

// What can only be aborted borrows what it reads before its first call that may be; the caller drops it behind the call.
effect Done =
  answer : Int -> Never

let early (c : Int ! {Done | e}) : Int ! e =
  handle c with
  | Done.answer n -> ret n

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

let main (_ : List String) : Unit ! {Console} =
  let! n = early (sum [1, 2, 3])
  let! m = early (twice [1, 0 - 2, 3])
  Console.print_line "\(n) \(m)"
