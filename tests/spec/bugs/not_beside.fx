/// What comes later may be at its end at once, or never: a spec that uses itself beside other tasks is not proved of such programs.
import Console
import Exit

let lines (xs : List String) : Unit ! {Console} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    let! _ = join (lines_then_three rest) (Console.print_line "1")
    ret ()

let lines_then_three (xs : List String) : Unit ! {Console} =
  do! lines xs
  Console.print_line "3"

spec three_comes_last (xs : List String) =
  lines xs runs
    match xs
    | [] ->
    | _ :: rest ->
      join
        use three_comes_last rest
      and
        Console.print_line "1" => ()
      Console.print_line "3" => ()
  returns ()

// The program ends there.
let stop_at_end (xs : List String) : Unit ! {Console, Exit} =
  match xs
  | [] -> Exit.exit 3
  | x :: rest ->
    do! Console.print_line x
    do! stop_at_end rest
    Console.print_line "after"

spec goes_on_after_end (xs : List String) =
  stop_at_end xs runs
    match xs
    | [] ->
      Exit.exit 3 => ()
    | x :: rest ->
      Console.print_line x => ()
      use goes_on_after_end rest
      Console.print_line "after" => ()
  returns ()

// Who lets others go first comes later, even where nobody waits.
let polite (xs : List String) : Unit ! {Console} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    let! _ = join one_later (polite_then_two rest)
    ret ()

let one_later : Unit ! {Console} =
  do! yield
  Console.print_line "1"

let polite_then_two (xs : List String) : Unit ! {Console} =
  do! polite xs
  Console.print_line "2"

spec two_comes_last (xs : List String) =
  polite xs runs
    match xs
    | [] ->
    | _ :: rest ->
      join
        use two_comes_last rest
      and
        Console.print_line "1" => ()
      Console.print_line "2" => ()
  returns ()
