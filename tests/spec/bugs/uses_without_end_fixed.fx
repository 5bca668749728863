/// Specs that use others, and themselves with something smaller.
import Console

let greet (name : String) : Unit ! {Console} = Console.print_line "Hello \(name)"

let greet_all (names : List String) : Unit ! {Console} =
  match names
  | [] -> ret ()
  | name :: rest ->
    do! greet name
    greet_all rest

spec greets (name : String) =
  greet name runs
    Console.print_line "Hello \(name)" => ()
  returns ()

spec greets_all (names : List String) =
  greet_all names runs
    match names
    | [] ->
    | name :: rest ->
      use greets name
      use greets_all rest
  returns ()
