// Each fallible function of Http.Client, when it succeeds and when it fails.
import Error
import Http.Client as Client
import Tcp

let small : Client.Limits = { header = 64, body = 4 }

let request : String = "GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n"

spec get_ok (socket : Tcp.Socket) =
  Client.get "http://example.org/" runs
    Tcp.connect "example.org" 80 => Ok socket
    Tcp.write_all socket request => Ok ()
    Tcp.read socket => Ok "HTTP/1.1 200 OK\r\nContent-"
    Tcp.read socket => Ok "Length: 5\r\n\r\nhel"
    Tcp.read socket => Ok "lo"
    Tcp.close socket => ()
  returns Ok { status = 200, reason = "OK", fields = [("Content-Length", "5")], body = "hello" }

spec get_error (error : Error) =
  Client.get "http://example.org/" runs
    Tcp.connect "example.org" 80 => Err error
  returns Err (Client.Unreachable error)

/// It broke, and the socket is closed.
spec get_broken_error (socket : Tcp.Socket) (error : Error) =
  Client.get "http://example.org/" runs
    Tcp.connect "example.org" 80 => Ok socket
    Tcp.write_all socket request => Ok ()
    Tcp.read socket => Err error
    Tcp.close socket => ()
  returns Err (Client.Unreachable error)

spec get_within_ok (socket : Tcp.Socket) =
  Client.get_within small "http://example.org" runs
    Tcp.connect "example.org" 80 => Ok socket
    Tcp.write_all socket request => Ok ()
    Tcp.read socket => Ok "HTTP/1.1 204 No Content\r\n\r\n"
    Tcp.close socket => ()
  returns Ok { status = 204, reason = "No Content", fields = [], body = "" }

spec get_within_error (socket : Tcp.Socket) =
  Client.get_within small "http://example.org" runs
    Tcp.connect "example.org" 80 => Ok socket
    Tcp.write_all socket request => Ok ()
    Tcp.read socket => Ok "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    Tcp.close socket => ()
  returns Err Client.TooLarge
