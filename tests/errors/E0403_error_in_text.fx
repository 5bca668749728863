import Console
import Error
import File
let main (args : List String) : Unit ! {Console, File} =
  match! File.read "x"
  | Ok text -> Console.print_line text
  | Err e -> Console.print_line "no: \(e)"

let wrong (code : Int) : Error = if code == 3 then Error.NotFound else Error.ReadOnly

let told : String = "it is \(wrong 3)"
