import Console

/// One operation, again and again: a plain clause, against a call through a function pointer.
effect Next =
  next : Int -> Int

let with_next (c : a ! {Next | e}) : a ! e =
  handle c with
  | Next.next n -> ret (n + 1)

let loop (n : Int) (limit : Int) : Int ! {Next} =
  if n >= limit then ret n
  else
    let! m = Next.next n
    loop m limit

let main (_ : List String) : Unit ! {Console} =
  let! n = with_next (loop 0 50_000_000)
  Console.print_line "\(n)"
