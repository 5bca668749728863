import Console
import File
import Int

let first (text : String) : Int = Int.parse text + 1
let second (text : String) : Int = 1 + Int.parse text
let third (text : String) : Bool = Int.parse text > 3

let show_file (path : String) : Unit ! {Console, File} =
  let! text = File.read path
  do! Console.print_line "it says \(text)"
  Console.print_line text
