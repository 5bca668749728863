import Console

/// A handle that is left by its operation, again and again, against setjmp and longjmp.
effect Fail =
  fail : Int -> Never

let or_answer (c : Int ! {Fail | e}) : Int ! e =
  handle c with
  | Fail.fail n -> ret n

let failing (n : Int) : Int ! {Fail} = if n >= 0 then Fail.fail 1 else ret n

let loop (n : Int) (total : Int) : Int ! e =
  if n == 0 then ret total
  else
    let! m = or_answer (failing n)
    loop (n - 1) (total + m)

let main (_ : List String) : Unit ! {Console} =
  let! n = loop 10_000_000 0
  Console.print_line "\(n)"
