import Console

let main (args : List String) : Unit ! {Console} =
  let! _ = Console.read_line ()
  ret ()
