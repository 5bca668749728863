// Limits of time that calls on sockets share (R33): what comes too late, what does not, what nobody takes, who is cancelled, and the end of a
// limit for those who wait under it.
import Console
import Error
import File
import List
import String
import Tcp
import Time

let main (_ : List String) : Unit ! {Console, File, Tcp, Time} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let! (ours, theirs) = join (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
    match (ours, theirs)
    | (Ok server, Ok client) -> talk server client
    | _ -> Console.print_line "no connection"

let talk (server : Tcp.Socket) (client : Tcp.Socket) : Unit ! {Console, File, Tcp, Time} =
  let! short = Tcp.limit 20
  let! long = Tcp.limit 3_600_000
  let! nothing = Tcp.read_within server short
  do! Console.print_line "nobody writes: \(show nothing)"
  let! (something, _) = join (Tcp.read_within server long) (Tcp.write_all_within client ["one ", "two"] short)
  do! Console.print_line "somebody writes: \(show something)"
  let! _ = first (Tcp.read_within server long) yield
  let! still = first (Tcp.wait_out long) (Tcp.read_within server short)
  do! Console.print_line "under the longer one is waited on: \(show still)"
  do! Tcp.wait_out short
  let! (ends, ()) = join (List.map_par (fun socket -> Tcp.read_within socket long) [server, client]) (Tcp.end_limit long)
  do! Console.print_line "the end for all: \(show ends)"
  let! late = Tcp.read_within server long
  do! Console.print_line "and for who comes later: \(show late)"
  do! Tcp.wait_out long
  let! none = Tcp.limit (-1)
  let! at_once = Tcp.read_within server none
  do! Console.print_line "no time at all: \(show at_once)"
  fill server client short

// A file that is mostly a hole.
let make_long (path : String) : Unit ! {File} =
  match! File.open_write path
  | Err _ -> ret ()
  | Ok file ->
    let! _ = File.write_at file 39_999_999 "x"
    let! _ = File.close file
    ret ()

// How much of a file has gone when the time was over is told; and then, that no more of it goes.
let send_twice (server : Tcp.Socket) (short : Tcp.Limit) (file : File.Handle) : Unit ! {Console, Tcp} =
  let! sent = Tcp.write_file_within server ["at first"] file 0 40_000_000 short
  do! Console.print_line "nobody reads a file: \(match sent | Ok count -> if count > 0 && count < 40_000_000 then "some has gone" else "all or nothing" | Err error -> show error)"
  let! end = send_until_error server short file
  Console.print_line "nor more of it: \(show end)"

// The system may have had room for some more.
let send_until_error (server : Tcp.Socket) (short : Tcp.Limit) (file : File.Handle) : Error ! {Tcp | e} =
  match! Tcp.write_file_within server [] file 0 40_000_000 short
  | Ok _ -> send_until_error server short file
  | Err error -> ret error

// More than the system holds for a client that reads nothing.
let fill (server : Tcp.Socket) (client : Tcp.Socket) (short : Tcp.Limit) : Unit ! {Console, File, Tcp, Time} =
  let! _ = File.with_temporary_file "fx-limits" (fun path ->
    do! make_long path
    File.with_file path (send_twice server short))
  let! written = Tcp.write_all_within server ["begin", String.repeat 40_000_000 "x"] short
  do! Console.print_line "nor a text: \(show written)"
  do! Tcp.close server
  let! closed = Tcp.read_within server short
  do! Console.print_line "closed: \(show closed)"
  Tcp.close client
