import Console
import File

/// Reads until somebody says that it is enough.
let read_or_stop : Unit ! {Console, File} =
  let! _ = first (File.read "pipe") Console.read_line
  Console.print_line "stopped"

spec stops =
  read_or_stop runs
    right
      Console.read_line => Some "stop"
    losing
      File.read "pipe" => _
    Console.print_line "stopped" => ()
  returns ()
