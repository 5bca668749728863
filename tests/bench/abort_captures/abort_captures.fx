import Console
import List

/// As `abort`, but the clause of the handle holds a value, which is another one each time.
effect Fail =
  fail : Int -> Never

let or_more (default : Int) (c : Int ! {Fail}) : Int ! {} =
  handle c with
  | Fail.fail n -> ret (n + default)

let or_less (default : Int) (c : Int ! {Fail}) : Int ! {} =
  handle c with
  | Fail.fail n -> ret (n - default)

let failing (n : Int) : Int ! {Fail} = if n >= 0 then Fail.fail 1 else ret n

let loop (handler : Int -> Int ! {Fail} -> Int ! {}) (n : Int) (total : Int) : Int ! e =
  if n == 0 then ret total
  else
    let! m = handler n (failing n)
    loop handler (n - 1) (total + m)

let main (args : List String) : Unit ! {Console} =
  match List.drop (List.length args) [or_more, or_less]
  | [] -> Console.print_line "at most one argument"
  | handler :: _ ->
    let! n = loop handler 10_000_000 0
    Console.print_line "\(n)"
