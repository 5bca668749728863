/// Datagrams: short texts, each sent and received whole, or lost on the way without a word.
import Error

/// Where datagrams are sent from and received. It is closed by `close`, and at the latest when nothing refers to it any more.
extern type Socket

/// What has come, and who sent it: an answer goes to the same host and port.
type Datagram = { text : String, host : String, port : Int }

extern effect Udp =
  /// `bind host port` receives what is sent there: `"0.0.0.0"` and `"::"` stand for all of this machine's addresses. Port 0 takes a free one.
  ///
  /// ```fx program
  /// import Console
  /// import Error
  /// import Udp
  ///
  /// let main (_ : List String) : Unit ! {Console, Udp} =
  ///   match! Udp.bind "127.0.0.1" 7000
  ///   | Ok socket -> echo socket
  ///   | Err error -> Console.error_line (Error.message error)
  ///
  /// let echo (socket : Udp.Socket) : Unit ! {Udp} =
  ///   match! Udp.receive socket
  ///   | Err _ -> ret ()
  ///   | Ok { text, host, port } ->
  ///     let! _ = Udp.send socket host port text
  ///     echo socket
  /// ```
  bind : String -> Int -> Result Socket Error = wait "fx_udp_bind"
  /// `send socket host port text`. Ok says that it has left, not that it has arrived. A text over 65 507 bytes is an error, and over 1 400 or so
  /// is more likely to be lost.
  send : Socket -> String -> Int -> String -> Result Unit Error = wait "fx_udp_send"
  /// The next datagram that comes in, whole.
  receive : Socket -> Result Datagram Error = wait "fx_udp_receive"
  /// Closes a socket. Closing twice does nothing. Who still waits for the socket is told `Error.Closed`.
  close : Socket -> Unit = "fx_udp_close"

/// The port that it is bound to.
extern let port : Socket -> Int = "fx_udp_port"
