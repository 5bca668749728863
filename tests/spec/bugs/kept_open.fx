import Console
import File

/// Closes what is open, but for a file of more than a thousand lines.
let finish (file : Option File.Handle) (lines : Int) : Unit ! {Console, File} =
  match file
  | None -> Console.print_line "\(lines) lines"
  | Some file -> if lines > 1000 then Console.print_line "many lines" else File.close file

spec closes (file : Option File.Handle) (lines : Int) =
  finish file lines runs
    match file
    | None -> Console.print_line "\(lines) lines" => ()
    | Some file -> File.close file => ()
  returns ()

let shut (file : File.Handle) (lines : Int) : Unit ! {Console, File} = if lines > 1000 then Console.print_line "many lines" else File.close file

spec shuts (file : File.Handle) (lines : Int) =
  shut file lines runs
    File.close file => ()
  returns ()
