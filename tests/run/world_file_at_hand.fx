// What the system has in memory may be answered at once, or not; but what is answered is what `stat` and `read` say. Links, directories, pipes, what
// is too long and what is missing are left to those.
import Console
import Error
import File
import Process

let main (_ : List String) : Unit ! {Console, File, Process} =
  match! File.with_temporary_directory "at-hand" try_all
  | Ok () -> ret ()
  | Err error -> Console.error_line (Error.message error)

let try_all (folder : String) : Unit ! {Console, File, Process} =
  let! _ = File.write "\(folder)/text" "0123456789"
  let! _ = File.write "\(folder)/empty" ""
  let! _ = File.make_link "text" "\(folder)/link"
  let! _ = File.make_link folder "\(folder)/round"
  let! _ = Process.run ["mkfifo", "\(folder)/pipe"]
  do! compare "\(folder)/text" 10
  do! compare "\(folder)/empty" 0
  do! leave "\(folder)/text" 9
  do! leave "\(folder)/link" 100
  do! leave "\(folder)/round/text" 100
  do! leave folder 1_000_000
  do! leave "\(folder)/pipe" 100
  do! leave "\(folder)/text/more" 100
  do! leave "\(folder)/missing" 100
  leave "\(folder)/text\0" 100

let compare (path : String) (longest : Int) : Unit ! {Console, File} =
  let! about = File.stat path
  let! text = File.read path
  match! File.read_at_hand path longest
  | Some (information, content) -> Console.print_line "as on the disk: \(Ok information == about && Ok content == text)"
  | None -> Console.print_line "as on the disk: True"

let leave (path : String) (longest : Int) : Unit ! {Console, File} =
  let! found = File.read_at_hand path longest
  Console.print_line "left alone: \(found == None)"
