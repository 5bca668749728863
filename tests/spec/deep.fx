/// Specs that use themselves in the middle of their steps, as deep as a number says: that is proved. Where
/// the number is known, and large, what is asked is found at once.
import Console
import File

let says (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line "a"
    do! says (n - 1)
    Console.print_line "b"

spec deep (n : Int) =
  says n runs
    if n > 0 then
      Console.print_line "a" => ()
      use deep (n - 1)
      Console.print_line "b" => ()
  returns ()

let reads (n : Int) : Unit ! {File} =
  if n <= 0 then ret ()
  else
    let! _ = File.read "a"
    do! reads (n - 1)
    let! _ = File.read "b"
    ret ()

spec waits (n : Int) =
  reads n runs
    if n > 0 then
      File.read "a" => Ok ""
      use waits (n - 1)
      File.read "b" => Ok ""
  returns ()

let each (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line "a"
    do! each (n - 1)
    Console.print_line "b"

spec each_in_for (n : Int) =
  each n runs
    if n > 0 then
      for line in ["a", "b"]
        Console.print_line line => ()
        if line == "a" then
          use each_in_for (n - 1)
  returns ()

spec deep_by_steps =
  says 5_000 runs
    use deep 5_000
  returns ()

spec waits_by_steps =
  reads 400 runs
    use waits 400
  returns ()

spec each_by_steps =
  each 5_000 runs
    use each_in_for 5_000
  returns ()
