import Console

let f (n : Int) : Unit ! {Console} =
  let! m = n + 1
  do! "text"
  match! Some n
  | Some x -> Console.print_line (show (x + m))
  | None -> ret ()
