import Console
import List

/// One operation, again and again: a plain clause, against a call through a function pointer. The handler is chosen at run time, for one that is
/// known is compiled away.
effect Next =
  next : Int -> Int

let with_next (c : Int ! {Next}) : Int ! {} =
  handle c with
  | Next.next n -> ret (n + 1)

let with_second_next (c : Int ! {Next}) : Int ! {} =
  handle c with
  | Next.next n -> ret (n + 2)

let loop (n : Int) (limit : Int) : Int ! {Next} =
  if n >= limit then ret n
  else
    let! m = Next.next n
    loop m limit

let main (args : List String) : Unit ! {Console} =
  match List.drop (List.length args) [with_next, with_second_next]
  | [] -> Console.print_line "at most one argument"
  | handler :: _ ->
    let! n = handler (loop 0 50_000_000)
    Console.print_line "\(n)"
