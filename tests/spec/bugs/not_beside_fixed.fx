/// The same, as it is.
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

spec three_is_said (xs : List String) =
  lines xs runs
    match xs
    | [] ->
    | _ :: rest ->
      join
        use three_is_said rest
        Console.print_line "3" => ()
      and
        Console.print_line "1" => ()
  returns ()

// The program ends there.
let stop_at_end (xs : List String) : Unit ! {Console, Exit} =
  match xs
  | [] -> Exit.exit 3
  | x :: rest ->
    do! Console.print_line x
    do! stop_at_end rest
    Console.print_line "after"

spec ends_there (xs : List String) =
  stop_at_end xs runs
    match xs
    | [] ->
      Exit.exit 3 => ()
    | x :: rest ->
      Console.print_line x => ()
      use ends_there rest
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

spec two_is_said (xs : List String) =
  polite xs runs
    match xs
    | [] ->
    | _ :: rest ->
      join
        Console.print_line "1" => ()
      and
        use two_is_said rest
        Console.print_line "2" => ()
  returns ()
