/// Values of opaque types are made up by functions that the program itself does not use.
import Console
import Map
import Set
import String

type Shelf = { books : Map String Int, gone : Option (Set String) }

let show_keys (m : Map String Int) : Unit ! {Console} = Console.print_line (String.join "," (Map.keys m))

spec all_keys (m : Map String Int) =
  show_keys m runs
    Console.print_line (String.join "," (Map.keys m)) => ()
  returns ()

spec keys_of_a_record (shelf : Shelf) =
  show_keys shelf.books runs
    Console.print_line (String.join "," (Map.keys shelf.books)) => ()
  returns ()
