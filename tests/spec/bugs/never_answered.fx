import Console
import File

/// Reads until somebody says that it is enough; but who says so is asked only when the file has been read.
let read_or_stop : Unit ! {Console, File} =
  let! _ = File.read "pipe"
  match! Console.read_line
  | _ -> Console.print_line "stopped"

spec stops =
  read_or_stop runs
    join
      Console.read_line => Some "stop"
      Console.print_line "stopped" => ()
    and
      File.read "pipe" => _
  returns ()
