/// What is as large as a value says: a run of a spec has memory for some of them only, and it is said for which it has not.
import Array
import Console
import String

spec as_long (n : Int) =
  Console.print_line (String.repeat n "a" ++ String.repeat n "b") runs
    Console.print_line (String.repeat n "a" ++ String.repeat n "b") => ()
  returns ()

spec as_many (n : Int) =
  Console.print_line "\(Array.length (Array.make (if n < 0 then 0 else n) 0))" runs
    Console.print_line "\(if n < 0 then 0 else n)" => ()
  returns ()
