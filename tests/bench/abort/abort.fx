import Console
import List

/// A handle that is left by its operation, again and again, against setjmp and longjmp. The handler is chosen at run time, for one that is known
/// is compiled away.
effect Fail =
  fail : Int -> Never

let or_answer (c : Int ! {Fail}) : Int ! {} =
  handle c with
  | Fail.fail n -> ret n

let or_twice (c : Int ! {Fail}) : Int ! {} =
  handle c with
  | Fail.fail n -> ret (n + n)

let failing (n : Int) : Int ! {Fail} = if n >= 0 then Fail.fail 1 else ret n

let loop (handler : Int ! {Fail} -> Int ! {}) (n : Int) (total : Int) : Int ! e =
  if n == 0 then ret total
  else
    let! m = handler (failing n)
    loop handler (n - 1) (total + m)

let main (args : List String) : Unit ! {Console} =
  match List.drop (List.length args) [or_answer, or_twice]
  | [] -> Console.print_line "at most one argument"
  | handler :: _ ->
    let! n = loop handler 10_000_000 0
    Console.print_line "\(n)"
