// Texts go out in front of a file, whichever is empty, and however long they are; a file that has been closed or a place that is none is refused, and
// of what lies beyond its end nothing goes.
import Console
import Error
import File
import List
import String
import Tcp

let long = String.repeat 300_000 "0123456789"

let main (_ : List String) : Unit ! {Console, File, Tcp} =
  match! File.with_temporary_directory "write-file" try_it
  | Ok () -> ret ()
  | Err error -> Console.print_line (Error.message error)

let try_it (folder : String) : Unit ! {Console, File, Tcp} =
  let! _ = File.write "\(folder)/short" "0123456789"
  let! _ = File.write "\(folder)/long" long
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let! ((), received) = join (send folder listener) (receive (Tcp.port listener))
    do! Console.print_line received
    Tcp.close_listener listener

let send (folder : String) (listener : Tcp.Listener) : Unit ! {Console, File, Tcp} =
  match! Tcp.accept listener
  | Err error -> Console.print_line (Error.message error)
  | Ok socket ->
    let! limit = Tcp.limit 3_600_000
    let! short = File.with_file "\(folder)/short" (fun file ->
      List.map_seq (fun (texts, at, count) -> Tcp.write_file_within socket texts file at count limit)
        [(["head", ","], 0, 10), ([], 2, 3), (["", ""], 9, 100), (["only this,"], 0, 0), ([], 11, 5), ([long], 3, 2), (["never"], -1, 2)])
    do! Console.print_line "short: \(show short)"
    let! long = File.with_file "\(folder)/long" (fun file -> Tcp.write_file_within socket ["head,"] file 1 2_999_999 limit)
    do! Console.print_line "long: \(show long)"
    let! closed = File.with_file "\(folder)/short" (fun file ->
      let! _ = File.close file
      Tcp.write_file_within socket [] file 0 10 limit)
    do! Console.print_line "a closed file: \(show closed)"
    do! Tcp.close socket
    let! late = File.with_file "\(folder)/short" (fun file -> Tcp.write_file_within socket ["late"] file 0 10 limit)
    Console.print_line "a closed socket: \(show late)"

let receive (port : Int) : String ! {Tcp} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> ret (Error.message error)
  | Ok socket ->
    let! text = read_all socket []
    let wanted = String.concat ["head,", "0123456789", "234", "9", "only this,", long, "34", "head,", String.drop 1 long]
    ret "received as sent: \(text == wanted)"

// The last piece comes first.
let read_all (socket : Tcp.Socket) (pieces : List String) : String ! {Tcp} =
  match! Tcp.read socket
  | Ok "" | Err _ -> ret (String.concat (List.reverse pieces))
  | Ok more -> read_all socket (more :: pieces)
