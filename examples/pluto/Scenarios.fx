/// What Pluto does with one client, step by step: specs of a connection. `fx test Scenarios.fx` runs them.
import AccessLog
import Answer
import Connection
import Error
import File
import Options
import Patience
import Tcp
import Time

private let meet (patience : Patience.Patience) (socket : Tcp.Socket) : Unit ! {Connection.Web} =
  do! Patience.hang_bell
  Connection.serve (server patience) socket

private let options : Options.Options = let usual = Options.usual 8000 "/site" in { usual with health = Some "/health" }

private let server (patience : Patience.Patience) : Connection.Server = {
  site = { folder = "/site", lists = False, is_application = False, caching = [], believes = False, holds = False, errors = None },
  options = options,
  limits = { target = 64, header = 256 },
  access = { target = AccessLog.Nowhere, is_json = False },
  patience
}

// What is written at 1970-01-01 00:00:00 UTC.
private let stamp = "Server: Pluto\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n"

private let told (status : Int) (stays_open : Bool) : List String =
  Answer.print { stamp, stays_open, minor = 1, without_body = False } (Answer.failure status)

private let well : List String =
  ["HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\nContent-Length: 3\r\n", stamp, "\r\n", "ok\n"]

/// A client that says nothing and goes away.
spec leaves_at_once (patience : Patience.Patience) (socket : Tcp.Socket) =
  meet patience socket runs
    Tcp.read_within socket patience.idle => Ok ""
  returns ()

/// A client that goes away in the middle of its request.
spec leaves_in_the_middle (patience : Patience.Patience) (socket : Tcp.Socket) =
  meet patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET / HTTP/1.1\r\nHo"
    Time.monotonic => 0
    left
      Tcp.read socket => Ok ""
  returns ()

/// The connection breaks instead.
spec breaks_in_the_middle (patience : Patience.Patience) (socket : Tcp.Socket) (error : Error) =
  meet patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET / HTTP/1.1\r\nHo"
    Time.monotonic => 0
    left
      Tcp.read socket => Err error
  returns ()

/// A header that never ends: the client is told so, after ten seconds.
spec never_ends (patience : Patience.Patience) (socket : Tcp.Socket) =
  meet patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET / HTTP/1.1\r\nHo"
    Time.monotonic => 0
    right
      Time.sleep 10000 => ()
    losing
      Tcp.read socket => Ok ""
    Time.get => 0
    Tcp.write_last_within socket (told 408 False) patience.write => Err Error.BrokenPipe
  returns ()

/// A request, answered; then the client goes.
spec answers (patience : Patience.Patience) (socket : Tcp.Socket) =
  meet patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET /health HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.get => 0
    Tcp.write_all_within socket well patience.write => Ok ()
    Tcp.read_within socket patience.idle => Ok ""
  returns ()

private let small : File.Information = { kind = File.Regular, size = 5, modified = 0, nanosecond = 0, permissions = 420, inode = 1 }

/// A file that vanishes between being looked at and being read is not there; and the client does not wait for the answer.
spec vanishes (patience : Patience.Patience) (socket : Tcp.Socket) =
  meet patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET /a.txt HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.now => 0
    File.read_at_hand "/site/a.txt" 65_536 => None
    File.real_path "/site/a.txt" => Ok "/site/a.txt"
    File.stat "/site/a.txt" => Ok small
    File.read "/site/a.txt" => Err Error.NotFound
    File.read_at_hand "/site/404.html" 65_536 => None
    File.real_path "/site/404.html" => Err Error.NotFound
    Time.get => 0
    Tcp.write_all_within socket (told 404 True) patience.write => Err Error.ConnectionReset
  returns ()

private let meet_remembering (patience : Patience.Patience) (socket : Tcp.Socket) : Unit ! {Connection.Web} =
  do! Patience.hang_bell
  let server = server patience
  Connection.serve { server with site = { server.site with believes = True } } socket

private let second = 1_000_000_000

/// That a name leads nowhere is believed for a second, and not a nanosecond longer. A clock that is set back is not believed at all.
spec believes_for_a_second (patience : Patience.Patience) (socket : Tcp.Socket) =
  meet_remembering patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET /404.html HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.now => 2 * second
    File.read_at_hand "/site/404.html" 65_536 => None
    File.real_path "/site/404.html" => Err Error.NotFound
    Time.get => 0
    Tcp.write_all_within socket (told 404 True) patience.write => Ok ()
    Tcp.read_within socket patience.idle => Ok "GET /404.html HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.now => 3 * second - 1
    Time.get => 0
    Tcp.write_all_within socket (told 404 True) patience.write => Ok ()
    Tcp.read_within socket patience.idle => Ok "GET /404.html HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.now => 3 * second
    File.stat_at_hand "/site/404.html" => Some (Err Error.NotFound)
    Time.get => 0
    Tcp.write_all_within socket (told 404 True) patience.write => Ok ()
    Tcp.read_within socket patience.idle => Ok "GET /404.html HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.now => second
    File.stat_at_hand "/site/404.html" => Some (Err Error.NotFound)
    Time.get => 0
    Tcp.write_all_within socket (told 404 True) patience.write => Err Error.ConnectionReset
  returns ()

private let meet_while_stopping (patience : Patience.Patience) (socket : Tcp.Socket) : Unit ! {Connection.Web} =
  do! Patience.begin_to_stop
  meet patience socket

/// When Pluto stops, its health is bad. A client gets its answer, and no more: what it still sends is dropped until it closes.
spec stops_while_answering (patience : Patience.Patience) (socket : Tcp.Socket) =
  meet_while_stopping patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET /health HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.get => 0
    Tcp.write_last_within socket (told 503 False) patience.write => Ok ()
    Tcp.shutdown socket => Ok ()
    left
      Tcp.read socket => Ok "GET /more"
      Tcp.read socket => Ok ""
  returns ()

private let long : File.Information = { small with size = 1_500_000 }

private let long_head : List String = [
  "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nETag: \"0-0-16e360\"\r\nLast-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\nCache-Control: max-age=604800\r\nAccept-Ranges: bytes\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 1500000\r\n",
  stamp,
  "\r\n"
]

/// A slow client that takes something of a long file within the limit of time is waited for again, and one that takes next to nothing is not.
spec takes_slowly (patience : Patience.Patience) (socket : Tcp.Socket) (file : File.Handle) =
  meet patience socket runs
    Tcp.read_within socket patience.idle => Ok "GET /a HTTP/1.1\r\nHost: here\r\n\r\n"
    Time.now => 0
    File.read_at_hand "/site/a" 65_536 => None
    File.real_path "/site/a" => Ok "/site/a"
    File.stat "/site/a" => Ok long
    File.open_read "/site/a" => Ok file
    File.close file => ()
    Time.get => 0
    File.open_read "/site/a" => Ok file
    File.stat_open file => Ok long
    Tcp.write_file_within socket long_head file 0 1_048_576 patience.write => Ok 65_536
    File.stat_open file => Ok long
    Tcp.write_file_within socket [] file 65_536 1_048_576 patience.write => Ok 65_535
    File.stat_open file => Ok long
    File.close file => ()
  returns ()
