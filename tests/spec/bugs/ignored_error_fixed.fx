// It says that it has saved, whatever the disk said.
import Console
import Error
import File

let save (text : String) : Unit ! {Console, File} =
  match! File.write "notes" text
  | Ok () -> Console.print_line "saved"
  | Err error -> Console.print_line "not saved: \(Error.message error)"

spec saves (text : String) =
  save text runs
    File.write "notes" text => Ok ()
    Console.print_line "saved" => ()
  returns ()

spec says_why (text : String) =
  save text runs
    File.write "notes" text => Err Error.NoSpace
    Console.print_line "not saved: no space left on the device" => ()
  returns ()
