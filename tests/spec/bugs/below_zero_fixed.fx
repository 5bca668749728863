/// A line before and one behind each round, until none are left; below zero there are none.
import Console

let brackets (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line "a"
    do! brackets (n - 1)
    Console.print_line "b"

spec as_many (n : Int) =
  brackets n runs
    if n > 0 then
      Console.print_line "a" => ()
      use as_many (n - 1)
      Console.print_line "b" => ()
  returns ()
