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

let read (wire : Wire) : Result String Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.read socket
  | Sealed connection -> Tls.read connection

let write_all (wire : Wire) (text : String) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.write_all socket text
  | Sealed connection -> Tls.write_all connection text

/// Several texts, one behind the other.
let write_all_of (wire : Wire) (texts : List String) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.write_all_of socket texts
  | Sealed connection -> Tls.write_all connection (String.concat texts)

let shutdown (wire : Wire) : Result Unit Error ! {Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.shutdown socket
  | Sealed connection -> Tls.shutdown connection

/// Sends `count` bytes of a file and answers how many were sent, as `Tcp.send_file` does. What is sealed must be read first.
let send_file (wire : Wire) (file : File.Handle) (position : Int) (count : Int) : Result Int Error ! {File, Tcp, Tls | e} =
  match wire
  | Plain socket -> Tcp.send_file socket file position count
  | Sealed connection -> send_sealed connection file position count 0

private let send_sealed (connection : Tls.Connection) (file : File.Handle) (position : Int) (left : Int) (sent : Int) : Result Int Error ! {File, Tcp, Tls | e} =
  if left == 0 then ret (Ok sent)
  else
    match! File.read_at file position (Int.min left 65_536)
    | Err error -> ret (Err error)
    | Ok "" -> ret (Ok sent)
    | Ok text ->
      match! Tls.write_all connection text
      | Err error -> ret (Err error)
      | Ok () ->
        let length = String.length text
        send_sealed connection file (position + length) (left - length) (sent + length)
