import Console

private type Colour = Red | Green

let name (colour : Colour) : String =
  match colour
  | Red -> "red"
  | Green -> "green"

let main (_ : List String) : Unit ! {Console} = Console.print_line (name Red)
