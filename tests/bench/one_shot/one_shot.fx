import Console
import List

/// A continuation that is resumed once, again and again, against a pair of malloc and free. The handler is chosen at run time, for one that is
/// known is compiled away.
effect Next =
  next : Int -> Int

let with_next (c : Int ! {Next}) : Int ! {} =
  handle c with
  | ctl Next.next n resume -> resume (n + 1)

let with_second_next (c : Int ! {Next}) : Int ! {} =
  handle c with
  | ctl Next.next n resume -> resume (n + 2)

let loop (n : Int) (limit : Int) : Int ! {Next} =
  if n >= limit then ret n
  else
    let! m = Next.next n
    loop m limit

let main (args : List String) : Unit ! {Console} =
  match List.drop (List.length args) [with_next, with_second_next]
  | [] -> Console.print_line "at most one argument"
  | handler :: _ ->
    let! n = handler (loop 0 10_000_000)
    Console.print_line "\(n)"
