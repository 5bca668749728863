/// Of texts that are not known: these are so for all.
import Console
import Error
import File
import Path
import String

spec shouts (text : String) =
  Console.print_line (String.to_upper text) runs
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

spec reads_in_folder (folder : String) (name : String) (answer : Result String Error) =
  File.read (Path.join_all [folder, name, "descr"]) runs
    File.read (Path.join (Path.join folder name) "descr") => answer
  returns answer

spec is_as_long (a : String) (b : String) =
  Console.print_line (if String.length (a ++ b) >= String.length a then "yes" else "no") runs
    Console.print_line "yes" => ()
  returns ()

spec begins_with_part (a : String) (b : String) =
  Console.print_line (if String.starts_with (a ++ "x") (a ++ b) then "yes" else "no") runs
    Console.print_line (if String.starts_with "x" b then "yes" else "no") => ()
  returns ()

spec drops_from_front (a : String) (b : String) =
  Console.print_line (String.drop (String.length a) (a ++ b)) runs
    Console.print_line b => ()
  returns ()
