// Of numbers as text, and of lists put together: these are so for all.
import Console

spec is_one (n : Int) =
  Console.print_line (if "\(n)" == "1\0" then "one" else "other") runs
    Console.print_line "other" => ()
  returns ()

spec groups_do_not_matter (xs : List Int) (ys : List Int) =
  Console.print_line (show (xs ++ (ys ++ xs) == (xs ++ ys) ++ xs)) runs
    Console.print_line "True" => ()
  returns ()
