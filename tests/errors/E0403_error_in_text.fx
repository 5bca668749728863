import Console
import Error
import File
let main (args : List String) : Unit ! {Console, File} =
  match! File.read "x"
  | Ok text -> Console.print_line text
  | Err e -> Console.print_line "no: \(e)"
