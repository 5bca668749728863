// It says that it has saved, whatever the disk said.
import Console
import Error
import File

let save (text : String) : Unit ! {Console, File} =
  let! _ = File.write "notes" text
  Console.print_line "saved"

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
