import Char
import Console
import List
import Map
import String

let first_code (text : String) : Int =
  match String.to_chars text
  | [] -> 0
  | char :: _ -> Char.code char

let doubled (numbers : List Int) : List Int = List.flat_map (fun n -> [n, n]) numbers

let without (key : String) (table : Map.Map String Int) : Map.Map String Int = Map.delete key table

let main (_ : List String) : Unit ! {Console} = Console.println "done"
