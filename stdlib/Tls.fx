/// Connections that nobody on the way can read or change: TLS 1.2 and 1.3 for servers, by the system's OpenSSL (version 1.1.1 or later). It is
/// loaded when `load` is first asked for, so a program that imports this module but serves no TLS does without.
import Error
import Tcp

/// A certificate and its key.
extern type Context

/// One connection's secrets. What is read and written goes through it; the sockets are this module's business.
extern type Session

extern effect Tls =
  /// `load certificate key`: two files in the PEM format, the certificate with those that vouch for it behind it. The error is a text for
  /// people. Reads the files at once.
  load : String -> String -> Result Context String = "fx_tls_load"
  /// A session for a client that has just connected.
  begin : Context -> Session = "fx_tls_begin"
  /// Bytes that came from the client.
  put : Session -> String -> Unit = "fx_tls_put"
  /// What the client says, as far as its bytes have come: `None` when more are needed, `Some ""` at the end.
  take : Session -> Result (Option String) Error = "fx_tls_next"
  /// A text for the client; it becomes part of `outgoing`.
  seal : Session -> String -> Result Unit Error = "fx_tls_seal"
  /// The bytes to be sent to the client by now, which are then forgotten here.
  outgoing : Session -> String = "fx_tls_outgoing"
  /// Nothing more will be sealed: says so to the client.
  finish : Session -> Unit = "fx_tls_finish"

/// A socket, and what the two sides have agreed upon.
type Connection = { socket : Tcp.Socket, session : Session }

/// A connection over a socket that has been accepted. The two sides greet each other with the first read.
///
/// ```fx program
/// import Console
/// import Tcp
/// import Tls
///
/// let main (_ : List String) : Unit ! {Console, Tcp, Tls} =
///   match! Tls.load "certificate.pem" "key.pem"
///   | Err problem -> Console.error_line problem
///   | Ok context ->
///     let! _ = Tcp.serve "127.0.0.1" 8443 (fun socket _ -> greet context socket)
///     ret ()
///
/// let greet (context : Tls.Context) (socket : Tcp.Socket) : Unit ! {Tcp, Tls} =
///   let! connection = Tls.accept context socket
///   let! _ = Tls.read connection
///   let! _ = Tls.write_all connection "Nobody else has heard that.\n"
///   let! _ = Tls.shutdown connection
///   ret ()
/// ```
let accept (context : Context) (socket : Tcp.Socket) : Connection ! {Tls | e} =
  let! session = Tls.begin context
  ret { socket, session }

/// What has come, as soon as there is something; `""` at the end.
let read (connection : Connection) : Result String Error ! {Tcp, Tls | e} =
  match! Tls.take connection.session
  | Err error ->
    let! _ = flush connection
    ret (Err error)
  | Ok (Some text) -> ret (Ok text)
  | Ok None ->
    match! flush connection
    | Err error -> ret (Err error)
    | Ok () ->
      match! Tcp.read connection.socket
      | Ok "" -> ret (Ok "")
      | Ok bytes ->
        do! Tls.put connection.session bytes
        read connection
      | Err error -> ret (Err error)

/// Sends all of the text.
let write_all (connection : Connection) (text : String) : Result Unit Error ! {Tcp, Tls | e} =
  match! Tls.seal connection.session text
  | Ok () -> flush connection
  | Err error -> ret (Err error)

/// Says to the other side that nothing more will be sent.
let shutdown (connection : Connection) : Result Unit Error ! {Tcp, Tls | e} =
  do! Tls.finish connection.session
  match! flush connection
  | Ok () -> Tcp.shutdown connection.socket
  | Err error -> ret (Err error)

private let flush (connection : Connection) : Result Unit Error ! {Tcp, Tls | e} =
  match! Tls.outgoing connection.session
  | "" -> ret (Ok ())
  | bytes -> Tcp.write_all connection.socket bytes
