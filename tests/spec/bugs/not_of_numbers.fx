// Of numbers as text, and of lists put together: none of these is so for all.
import Console

/// A text with a zero byte is no number's.
spec is_one (n : Int) =
  Console.print_line (if "\(n)" == "1\0" then "one" else "other") runs
    if n == 1 then
      Console.print_line "one" => ()
    else
      Console.print_line "other" => ()
  returns ()

/// [0] and [0, 0] are put together in either order.
spec orders_matter (xs : List Int) (ys : List Int) =
  Console.print_line (show (xs ++ ys == ys ++ xs)) runs
    match (xs, ys)
    | ([], _) ->
      Console.print_line "True" => ()
    | (_, []) ->
      Console.print_line "True" => ()
    | _ ->
      Console.print_line (show (xs == ys)) => ()
  returns ()
