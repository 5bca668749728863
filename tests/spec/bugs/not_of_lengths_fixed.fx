// What comes out is the same for texts of every length, with any beginning and end.
import Console
import String

let say (line : String) : Unit ! {Console} =
  if String.length line > 100 then Console.print_line line else Console.print_line line

spec says_lines (line : String) =
  say line runs
    Console.print_line line => ()
  returns ()

let say_unless (line : String) : Unit ! {Console} =
  if String.length line == 37 then Console.print_line line else Console.print_line line

spec says_any_length (line : String) =
  say_unless line runs
    Console.print_line line => ()
  returns ()

spec says_behind (name : String) =
  say_unless ("Hello \(name)") runs
    Console.print_line "Hello \(name)" => ()
  returns ()

let say_page (path : String) : Unit ! {Console} =
  if String.starts_with "/pages/" path && String.ends_with ".html" path && String.length path > 20 then Console.print_line path
  else Console.print_line path

spec says_paths (path : String) =
  say_page path runs
    Console.print_line path => ()
  returns ()

let say_longer (a : String) (b : String) : Unit ! {Console} =
  if String.length a > String.length b + 60 && String.length b > 20 then Console.print_line a else Console.print_line a

spec says_the_first (a : String) (b : String) =
  say_longer a b runs
    Console.print_line a => ()
  returns ()

let say_option (argument : String) : Unit ! {Console} =
  if String.byte_or_minus 0 argument == 45 && String.byte_or_minus 1 argument == 45 && String.byte_or_minus 2 argument >= 65 then
    Console.print_line argument
  else Console.print_line argument

spec says_arguments (argument : String) =
  say_option argument runs
    Console.print_line argument => ()
  returns ()
