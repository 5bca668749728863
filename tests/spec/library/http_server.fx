// Http.Server: one client from its first byte to its last, and what its server logs.
import Error
import Http.Request (Get, Post)
import Http.Server as Server
import Int
import List
import Log
import String
import Tcp
import Time

let answer (request : Server.Request) : Server.Response ! e =
  match (request.method, request.path)
  | (Get, []) -> ret (Server.text "hello")
  | (Get, ["divide", number]) ->
    match Int.parse number
    | Some divisor -> ret (Server.text "\(12 / divisor)")
    | None -> ret (Server.status 400)
  | (Get, ["split"]) -> ret (Server.redirect "/\r\nSet-Cookie: a=b")
  | (Post, []) -> ret (Server.text request.body)
  | _ -> ret Server.not_found

let limits : Server.Limits = { Server.usual_limits with header = 128, body = 8 }

let serve (listener : Tcp.Listener) : Unit ! {Server.Web} = without_places (Server.serve_within limits listener answer)

/// Where this file is says nothing about the server.
private let without_places (c : a ! {Log | e}) : a ! {Log | e} =
  handle c with
  | Log.write text -> Log.write text
  | Log.debug text -> Log.debug text
  | Log.info text -> Log.info text
  | Log.warn text -> Log.warn text
  | Log.error text -> Log.error (String.join ": " (List.filter (fun part -> not (String.contains ".fx:" part)) (String.split ": " text)))

private let get (target : String) : String = "GET \(target) HTTP/1.1\r\nHost: here\r\n\r\n"

private let plain (status : String) (length : Int) (connection : String) : String =
  "HTTP/1.1 \(status)\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \(length)\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n\(connection)\r\n"

private let ok (length : Int) : String = plain "200 OK" length ""

private let failed : List String = [plain "500 Internal Server Error" 22 "", "Internal Server Error\n"]

spec serve_ok (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) =
  Server.serve "127.0.0.1" 8000 answer runs
    Tcp.listen "127.0.0.1" 8000 => Ok listener
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    Tcp.connection_limit => 10
    Tcp.accept listener => Err Error.Closed
  returns Ok ()

spec serve_error (error : Error) =
  Server.serve "127.0.0.1" 8000 answer runs
    Tcp.listen "127.0.0.1" 8000 => Err error
  returns Err error

/// A request, answered; then the client goes.
spec answers (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) (socket : Tcp.Socket) =
  serve listener runs
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    Tcp.connection_limit => 10
    join
      Tcp.accept listener => Ok socket
      Tcp.accept listener => Err Error.Closed
    and
      Tcp.peer socket => "127.0.0.1:50001"
      Tcp.read_within socket idle => Ok (get "/")
      Time.get => 0
      Tcp.write_all_within socket [ok 5, "hello"] write => Ok ()
      Tcp.read_within socket idle => Ok ""
      Tcp.close socket => ()
  returns ()

/// Two requests that came at once are answered in their order; the third of them comes in pieces.
spec answers_in_order (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) (socket : Tcp.Socket) =
  serve listener runs
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    Tcp.connection_limit => 10
    join
      Tcp.accept listener => Ok socket
      Tcp.accept listener => Err Error.Closed
    and
      Tcp.peer socket => "127.0.0.1:50001"
      Tcp.read_within socket idle => Ok "\(get "/divide/4")\(get "/")GET /divide/3 HT"
      Time.get => 0
      Tcp.write_all_within socket [ok 1, "3"] write => Ok ()
      Time.get => 0
      Tcp.write_all_within socket [ok 5, "hello"] write => Ok ()
      Time.monotonic => 0
      Time.monotonic => 0
      left
        Tcp.read socket => Ok "TP/1.1\r\nHost: here\r\n\r\n"
      Time.get => 0
      Tcp.write_all_within socket [ok 1, "4"] write => Err Error.ConnectionReset
      Tcp.close socket => ()
  returns ()

/// A client that goes away in the middle of its request, or breaks off.
spec leaves_in_the_middle (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) (socket : Tcp.Socket) (ending : Result Unit Error) =
  serve listener runs
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    Tcp.connection_limit => 10
    join
      Tcp.accept listener => Ok socket
      Tcp.accept listener => Err Error.Closed
    and
      Tcp.peer socket => "127.0.0.1:50001"
      Tcp.read_within socket idle => Ok "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhe"
      Time.monotonic => 0
      Time.monotonic => 0
      left
        Tcp.read socket => match ending | Ok () -> Ok "" | Err error -> Err error
      Tcp.close socket => ()
  returns ()

/// A header that never ends: the client is told so, after ten seconds in all.
spec never_ends (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) (socket : Tcp.Socket) =
  serve listener runs
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    Tcp.connection_limit => 10
    join
      Tcp.accept listener => Ok socket
      Tcp.accept listener => Err Error.Closed
    and
      Tcp.peer socket => "127.0.0.1:50001"
      Tcp.read_within socket idle => Ok "GET / HTTP/1.1\r\nHo"
      Time.monotonic => 0
      Time.monotonic => 0
      left
        Tcp.read socket => Ok "st"
      losing
        Time.sleep 10000 => ()
      Time.monotonic => 9_000_000_000
      right
        Time.sleep 1000 => ()
      losing
        Tcp.read socket => Ok ":"
      Time.get => 0
      Tcp.write_last_within socket [plain "408 Request Timeout" 16 "Connection: close\r\n", "Request Timeout\n"] write => Err Error.BrokenPipe
      Tcp.close socket => ()
  returns ()

/// A handler that faults has answered 500, and the next request is answered. So has one whose answer would be two; the log tells both.
spec handler_faults (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) (socket : Tcp.Socket) =
  serve listener runs
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    Tcp.connection_limit => 10
    join
      Tcp.accept listener => Ok socket
      Tcp.accept listener => Err Error.Closed
    and
      Tcp.peer socket => "127.0.0.1:50001"
      Tcp.read_within socket idle => Ok "\(get "/divide/0")\(get "/split")\(get "/")"
      Log.error "GET /divide/0: division by zero: 12 / 0" => ()
      Time.get => 0
      Tcp.write_all_within socket failed write => Ok ()
      Log.error "GET /split: no field can be written so: \"Location\" with the value \"/\\r\\nSet-Cookie: a=b\"" => ()
      Time.get => 0
      Tcp.write_all_within socket failed write => Ok ()
      Time.get => 0
      Tcp.write_all_within socket [ok 5, "hello"] write => Ok ()
      Tcp.read_within socket idle => Err Error.TimedOut
      Tcp.close socket => ()
  returns ()

/// Who is told to wait sends the body then; a body that is too long is the last of its connection, of which nothing more is read as a request.
spec takes_bodies (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) (socket : Tcp.Socket) =
  serve listener runs
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    Tcp.connection_limit => 10
    join
      Tcp.accept listener => Ok socket
      Tcp.accept listener => Err Error.Closed
    and
      Tcp.peer socket => "127.0.0.1:50001"
      Tcp.read_within socket idle => Ok "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"
      Tcp.write_all_within socket ["HTTP/1.1 100 Continue\r\n\r\n"] write => Ok ()
      Time.monotonic => 0
      Time.monotonic => 0
      left
        Tcp.read socket => Ok "heLLo"
      Time.get => 0
      Tcp.write_all_within socket [ok 5, "heLLo"] write => Ok ()
      Tcp.read_within socket idle => Ok "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n012345678"
      Time.get => 0
      Tcp.write_last_within socket [plain "413 Content Too Large" 18 "Connection: close\r\n", "Content Too Large\n"] write => Ok ()
      left
        Tcp.read socket => Ok "GET / HTTP/1.1\r\nHost: here\r\n\r\n"
        Tcp.read socket => Ok ""
      Tcp.close socket => ()
  returns ()

/// A stop while a request is answered: the client gets its answer, and is told that it is the last of the connection. What it has sent behind is not
/// answered.
spec stops_while_answering (listener : Tcp.Listener) (idle : Tcp.Limit) (write : Tcp.Limit) (socket : Tcp.Socket) =
  serve_slowly listener runs
    Tcp.limit 60000 => idle
    Tcp.limit 60000 => write
    left
      Tcp.connection_limit => 10
      join
        Tcp.accept listener => Ok socket
        Tcp.accept listener => Err Error.Closed
      and
        Tcp.peer socket => "127.0.0.1:50001"
        Tcp.read_within socket idle => Ok (get "/")
        Time.sleep 2000 => ()
        Time.get => 0
        Tcp.write_last_within socket [plain "200 OK" 5 "Connection: close\r\n", "hello"] write => Ok ()
        left
          Tcp.read socket => Ok (get "/")
          Tcp.read socket => Ok ""
        Tcp.close socket => ()
    losing
      Time.sleep 1000 => ()
      Tcp.close_listener listener => ()
      Tcp.end_limit idle => ()
  returns ()

private let serve_slowly (listener : Tcp.Listener) : Unit ! {Server.Web} =
  Server.serve_until (Time.sleep 1000) limits listener (fun request ->
    do! Time.sleep 2000
    answer request)
