/// What a connection reads and writes: a socket, or TLS over one.
import Error
import File
import Int
import String
import Tcp
import Tls

type Wire =
  | Plain Tcp.Socket
  | Sealed Tls.Connection

/// With a context, TLS is spoken.
let open (context : Option Tls.Context) (socket : Tcp.Socket) : Wire ! {Tls | e} =
  match context
  | None -> ret (Plain socket)
  | Some context ->
    let! connection = Tls.accept context socket
    ret (Sealed connection)

/// Whether the other side is told that the connection ends here, and was not cut off.
let says_goodbye (wire : Wire) : Bool =
  match wire
  | Plain _ -> False
  | Sealed _ -> True

/// Whether more can be sent when only a part has gone within a limit of time: nobody can open a half of what was sealed.
let resumes (wire : Wire) : Bool =
  match wire
  | Plain _ -> True
  | Sealed _ -> False

/// The address and the port of the other side.
let peer (wire : Wire) : String ! {Tcp | e} =
  match wire
  | Plain socket -> Tcp.peer socket
  | Sealed connection -> Tcp.peer connection.socket

let read (wire : Wire) : Result String Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.read socket
  | Sealed connection -> Tls.read connection

/// What comes within a limit of time.
let read_within (wire : Wire) (limit : Tcp.Limit) : Result String Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.read_within socket limit
  | Sealed connection -> limited limit (Tls.read connection)

/// Several texts, one behind the other.
let write_all_within (wire : Wire) (texts : List String) (limit : Tcp.Limit) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.write_all_within socket texts limit
  | Sealed connection -> limited limit (Tls.write_all connection (String.concat texts))

/// Several texts, behind which nothing more is sent; `shutdown` may follow.
let write_last_within (wire : Wire) (texts : List String) (limit : Tcp.Limit) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.write_last_within socket texts limit
  | Sealed _ -> write_all_within wire texts limit

/// Several texts, behind which nothing more is sent or read.
let write_and_close_within (wire : Wire) (texts : List String) (limit : Tcp.Limit) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.write_and_close_within socket texts limit
  | Sealed _ -> write_all_within wire texts limit

/// Several texts, and then what is held.
let write_held_within (wire : Wire) (texts : List String) (held : Tcp.Held) (limit : Tcp.Limit) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.write_held_within socket texts held limit
  | Sealed connection -> limited limit (Tls.write_all connection (String.concat texts ++ Tcp.held_text held))

let shutdown (wire : Wire) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.shutdown socket
  | Sealed connection -> Tls.shutdown connection

/// Sends several texts and then `count` bytes of a file, and answers how many of those were sent, as `Tcp.send_file` does. What is sealed must be
/// read first.
let write_file_within (wire : Wire) (texts : List String) (file : File.Handle) (position : Int) (count : Int) (limit : Tcp.Limit)
    : Result Int Error ! {File, Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.write_file_within socket texts file position count limit
  | Sealed connection ->
    match! write_all_within wire texts limit
    | Err error -> ret (Err error)
    | Ok () -> send_sealed connection file position count limit 0

private let limited (limit : Tcp.Limit) (transfer : Result a Error ! {Tcp, Tls | e}) : Result a Error ! {Tcp, Tls | e} =
  match! first transfer (Tcp.wait_out limit)
  | Left answer -> ret answer
  | Right () -> ret (Err Error.TimedOut)

/// Here the limit is one for each part that is sealed, so that it is known what was sent before it was over.
private let send_sealed (connection : Tls.Connection) (file : File.Handle) (position : Int) (left : Int) (limit : Tcp.Limit) (sent : Int)
    : Result Int Error ! {File, Tcp, Tls | e} =
  if left == 0 then ret (Ok sent)
  else
    match! File.read_at file position (Int.min left 65_536)
    | Err error -> ret (so_far sent error)
    | Ok "" -> ret (Ok sent)
    | Ok text ->
      match! limited limit (Tls.write_all connection text)
      | Err error -> ret (so_far sent error)
      | Ok () ->
        let length = String.length text
        send_sealed connection file (position + length) (left - length) limit (sent + length)

private let so_far (sent : Int) (error : Error) : Result Int Error = if sent > 0 then Ok sent else Err error
