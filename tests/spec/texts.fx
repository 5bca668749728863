/// What functions of C give for texts that are not known: the same for the same, and nothing more than that.
import Console
import Error
import File
import Path
import String

let shout (text : String) : Unit ! {Console} = Console.print_line (String.to_upper text)

spec shouts (text : String) =
  shout text runs
    Console.print_line (String.to_upper text) => ()
  returns ()

let cut (prefix : String) (text : String) : Unit ! {Console} =
  match String.strip_prefix prefix text
  | Some rest -> Console.print_line rest
  | None -> Console.print_line "none"

spec cuts_what_is_in_front (a : String) (b : String) =
  cut (a ++ ".") (a ++ "." ++ b) runs
    Console.print_line b => ()
  returns ()

let first_line (text : String) : String =
  match String.split_once "\n" text
  | Some (line, _) -> String.trim line
  | None -> String.trim text

spec says_first_line (text : String) =
  Console.print_line (first_line text) runs
    Console.print_line (first_line text) => ()
  returns ()

spec reads_in_folder (folder : String) (name : String) (answer : Result String Error) =
  File.read (Path.join_all [folder, name, "descr"]) runs
    File.read (Path.join_all [folder, name, "descr"]) => answer
  returns answer

spec is_as_long (a : String) (b : String) =
  Console.print_line (if String.length (a ++ b) >= String.length a then "yes" else "no") runs
    Console.print_line "yes" => ()
  returns ()

spec is_same_for_same (a : String) (b : String) =
  Console.print_line (if a == b then String.to_lower a else "x") runs
    Console.print_line (if a == b then String.to_lower b else "x") => ()
  returns ()

spec takes_what_is_behind (a : String) (b : String) =
  Console.print_line (String.slice (String.length a) (String.length (b ++ a)) (a ++ b)) runs
    Console.print_line b => ()
  returns ()

/// True, but nothing is known of it.
spec lowers_once (a : String) =
  Console.print_line (String.to_lower (String.to_lower a)) runs
    Console.print_line (String.to_lower a) => ()
  returns ()
