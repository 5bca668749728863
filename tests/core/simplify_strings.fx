// Pieces of text are joined at once.
import Console

let greeting (name : String) (n : Int) : String =
  "Hello" ++ ", " ++ name ++ "! You are number \(n)" ++ "" ++ ".\n"

let main (args : List String) : Unit ! {Console} =
  match args with
  | [] -> Console.print_line (greeting "nobody" 0)
  | name :: _ -> Console.print_line (greeting name 1 ++ greeting name 2)
