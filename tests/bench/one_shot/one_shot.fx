import Console

/// A continuation that is resumed once, again and again, against a pair of malloc and free.
effect Next =
  next : Int -> Int

let with_next (c : a ! {Next | e}) : a ! e =
  handle c with
  | ctl Next.next n resume -> resume (n + 1)

let loop (n : Int) (limit : Int) : Int ! {Next} =
  if n >= limit then ret n
  else
    let! m = Next.next n
    loop m limit

let main (_ : List String) : Unit ! {Console} =
  let! n = with_next (loop 0 10_000_000)
  Console.print_line "\(n)"
