// What is no place in a file is an error; link-local addresses keep the interface by which they are meant.
import Console
import Dns
import Error
import File

let said (answer : Result String Error) : String =
  match answer
  | Ok text -> show text
  | Err error -> show error

let main (_ : List String) : Unit ! {Console, Dns, File} =
  match! File.make_temporary_file "bounds"
  | Err error -> Console.print_line (Error.message error)
  | Ok path ->
    let! _ = File.write path "abc"
    let! opened = File.open_read path
    let! _ = File.delete path
    match opened
    | Err error -> Console.print_line (Error.message error)
    | Ok file ->
      let! none = File.read_at file 1 0
      let! negative = File.read_at file 1 (-1)
      let! before = File.read_at file (-1) 1
      do! File.close file
      do! Console.print_line "\(said none) \(said negative) \(said before)"
      let! local = Dns.resolve "fe80::1%lo"
      let! plain = Dns.resolve "fe80::1"
      Console.print_line (show (local, plain))
