/// Connections over TCP, and over Unix-domain sockets, which have a path instead of a host and a port. A host is a name or an address, such as
/// `127.0.0.1` or `::1`; `"0.0.0.0"` and `"::"` stand for all of this machine's; to listen on, so does `""`.
import Error
import File
import Semaphore
import Task

/// One end of a connection. It is closed by `close`, and at the latest when nothing refers to it any more.
extern type Socket

/// What accepts connections.
extern type Listener

/// How long something may take.
extern type Limit

/// A text of which the system has a copy in its own memory: `write_held_within` sends that without copying it each time, which pays from some
/// two thousand bytes on.
extern type Held

extern effect Tcp =
  /// `listen host port`. Port 0 takes a free one; `Tcp.port` says which.
  listen : String -> Int -> Result Listener Error = wait "fx_tcp_listen"
  /// The same for a port that several processes of one user listen on, all by `listen_shared`: the system shares the connections out among them.
  listen_shared : String -> Int -> Result Listener Error = wait "fx_tcp_listen_shared"
  /// Listens at a path. A socket left there by a program that was killed is replaced; any other file is `Error.AddressInUse`, as is a socket
  /// on which somebody listens. Closing the listener removes it.
  listen_unix : String -> Result Listener Error = wait "fx_tcp_listen_unix"
  /// The listeners that were opened by who started the program, in their order (systemd's socket activation: `LISTEN_FDS`, `LISTEN_PID`).
  /// They are handed out once: asked again, and when there are none, it answers `[]`.
  inherited : List Listener = "fx_tcp_inherited"
  /// The next connection that comes in. `Error.TooManyFiles` is answered only when all other tasks, too, wait for connections that they cannot have.
  accept : Listener -> Result Socket Error = wait "fx_tcp_accept"
  /// `connect host port`. All addresses of a name are tried, one after the other.
  connect : String -> Int -> Result Socket Error = wait "fx_tcp_connect"
  /// Connects to who listens at a path.
  connect_unix : String -> Result Socket Error = wait "fx_tcp_connect_unix"
  /// What has come, as soon as there is something; `""` at the end.
  read : Socket -> Result String Error = wait "fx_tcp_read"
  /// The same under a limit of time, `limit`: `Err Error.TimedOut` when nothing has come by then.
  read_within : Socket -> Limit -> Result String Error = wait "fx_tcp_read_within"
  /// Sends at least the beginning of the text and says how many bytes.
  write : Socket -> String -> Result Int Error = wait "fx_tcp_write"
  /// Sends all of the text.
  write_all : Socket -> String -> Result Unit Error = wait "fx_tcp_write_all"
  /// Sends all of the texts, one behind the other, without joining them first.
  write_all_of : Socket -> List String -> Result Unit Error = wait "fx_tcp_write_all_of"
  /// The same under a limit of time: `Err Error.TimedOut` when not all of them have gone by then.
  write_all_within : Socket -> List String -> Limit -> Result Unit Error = wait "fx_tcp_write_all_within"
  /// `write_all_within`, and then `shutdown`: mostly the end goes out in one packet with the texts.
  write_last_within : Socket -> List String -> Limit -> Result Unit Error = wait "fx_tcp_write_last_within"
  /// `write_all_within`, and then `close`, for when the other side, too, has said all that it has to say: what it says still is not read, and may make
  /// the system reset the connection before the texts have arrived.
  write_and_close_within : Socket -> List String -> Limit -> Result Unit Error = wait "fx_tcp_write_and_close_within"
  /// Holds a text that is to be sent often. Where the system has no memory for a copy of it, it is sent like any other.
  hold : String -> Held = "fx_tcp_hold"
  /// `write_held_within socket texts held limit` sends all of the texts and then what is held, under a limit of time.
  write_held_within : Socket -> List String -> Held -> Limit -> Result Unit Error = wait "fx_tcp_write_held_within"
  /// `send_file socket file position count` sends so many bytes of a file without reading them into the program.
  /// The answer is how many were sent: fewer when the file ends before, or is written to meanwhile, or when the connection fails or the time is over
  /// after some have gone.
  send_file : Socket -> File.Handle -> Int -> Int -> Result Int Error = wait "fx_tcp_send_file"
  /// `write_file_within socket texts file position count limit` sends all of the texts and then so many bytes of the file, under a limit of time.
  /// The answer is that of `send_file`.
  write_file_within : Socket -> List String -> File.Handle -> Int -> Int -> Limit -> Result Int Error = wait "fx_tcp_write_file_within"
  /// `limit milliseconds` is a limit of time that any number of calls may share: for each it runs from the call on. It is for servers of many
  /// clients, where it costs less than `Task.timeout` or `first` around each call.
  limit : Int -> Limit = "fx_tcp_limit"
  /// Waits as long as a call under the limit may take.
  wait_out : Limit -> Unit = wait "fx_tcp_wait_out"
  /// From now on the limit is over, for the calls that wait under it too.
  end_limit : Limit -> Unit = "fx_tcp_end_limit"
  /// Says to the other side that nothing more will be sent.
  shutdown : Socket -> Result Unit Error = wait "fx_tcp_shutdown"
  /// Closes a connection. Closing twice does nothing. Who still waits for the socket is told `Error.Closed`.
  close : Socket -> Unit = "fx_tcp_close"
  /// From now on a connection comes in with its first bytes, or a second or two after it was made: for servers whose clients speak first. The
  /// system keeps those who say nothing, and tells them nothing when the listener is closed meanwhile.
  accept_speaking : Listener -> Unit = "fx_tcp_accept_speaking"
  /// No more connections are accepted.
  close_listener : Listener -> Unit = "fx_tcp_close_listener"
  /// The address and the port of the other side: `127.0.0.1:50312`, `[::1]:50312`; of a Unix-domain socket `unix:` and the path, if it has one.
  peer : Socket -> String = "fx_tcp_peer"
  /// How many connections `serve` holds at once: three quarters of the descriptors that are left.
  connection_limit : Int = "fx_tcp_connection_limit"

/// The port that it listens on; 0 for a path.
extern let port : Listener -> Int = "fx_tcp_port"

/// The text that is held.
extern let held_text : Held -> String = "fx_tcp_held_text"

/// `serve host port handler` runs the handler for each connection that comes in, all at once, with the socket and the other side's address.
/// The socket is closed when the handler has ended. At the limit of connections, which comes from the number of descriptors, the next is
/// accepted when one has ended. It answers only when it cannot listen.
///
/// ```fx program
/// import Console
/// import Error
/// import Tcp
///
/// let main (_ : List String) : Unit ! {Console, Tcp} =
///   match! Tcp.serve "127.0.0.1" 7000 (fun socket _ -> echo socket)
///   | Ok () -> ret ()
///   | Err error -> Console.error_line (Error.message error)
///
/// let echo (socket : Tcp.Socket) : Unit ! {Tcp} =
///   match! Tcp.read socket
///   | Err _ | Ok "" -> ret ()
///   | Ok text ->
///     match! Tcp.write_all socket text
///     | Ok () -> echo socket
///     | Err _ -> ret ()
/// ```
let serve (host : String) (port : Int) (handler : Socket -> String -> Unit ! {Tcp | e}) : Result Unit Error ! {Tcp | e} =
  match! Tcp.listen host port
  | Err error -> ret (Err error)
  | Ok listener ->
    do! serve_listener listener handler
    ret (Ok ())

/// The same for a listener that is there already. It answers when the listener has been closed and the last handler has ended. While the system
/// has no descriptor for a connection, that waits.
let serve_listener (listener : Listener) (handler : Socket -> String -> Unit ! {Tcp | e}) : Unit ! {Tcp | e} =
  let! limit = Tcp.connection_limit
  let! permits = Semaphore.make limit
  serve_within permits listener handler

/// The same, where each connection holds a permit: several listeners may share them.
let serve_within (permits : Semaphore) (listener : Listener) (handler : Socket -> String -> Unit ! {Tcp | e}) : Unit ! {Tcp | e} =
  let attend socket =
    let! address = Tcp.peer socket
    handler socket address
  serve_sockets permits listener (ret ()) (ret ()) attend

/// The same for handlers that ask for the address (`Tcp.peer`) only when they need it, for servers of many clients that wait most of the time.
/// `come` is done when a connection has come in, and `gone` when its socket has been closed, however its handler has ended.
let serve_sockets (permits : Semaphore) (listener : Listener) (come : Unit ! {Tcp | e}) (gone : Unit ! {Tcp | e}) (handler : Socket -> Unit ! {Tcp | e})
    : Unit ! {Tcp | e} =
  let hang_up socket =
    do! Tcp.close socket
    do! Semaphore.release permits
    gone
  Task.group (fun group -> accept_each group permits listener come hang_up handler)

private let accept_each group (permits : Semaphore) (listener : Listener) (come : Unit ! {Tcp | e}) (hang_up : Socket -> Unit ! {Tcp | e})
    (handler : Socket -> Unit ! {Tcp | e}) : Unit ! {Tcp | e} =
  do! Semaphore.acquire permits
  match! Tcp.accept listener
  | Ok socket ->
    do! come
    do! Task.spawn group (bracket (ret socket) hang_up handler)
    accept_each group permits listener come hang_up handler
  | Err Error.Closed | Err Error.TooManyFiles -> Semaphore.release permits
  | Err _ -> // it concerns one connection
    do! Semaphore.release permits
    accept_each group permits listener come hang_up handler
