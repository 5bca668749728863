import Console
import File

/// Closes what is open.
let finish (file : Option File.Handle) (lines : Int) : Unit ! {Console, File} =
  match file
  | None -> Console.print_line "\(lines) lines"
  | Some file -> File.close file

spec closes (file : Option File.Handle) (lines : Int) =
  finish file lines runs
    match file
    | None -> Console.print_line "\(lines) lines" => ()
    | Some file -> File.close file => ()
  returns ()

let shut (file : File.Handle) (_ : Int) : Unit ! {File} = File.close file

spec shuts (file : File.Handle) (lines : Int) =
  shut file lines runs
    File.close file => ()
  returns ()
