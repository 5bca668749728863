// Http.Server and clients that write what they like: requests one behind the other, bodies, what is refused, what a handler may not answer, who takes too
// long, and a stop.
import Console
import Error
import Http.Request (Get, Post)
import Http.Server as Server
import Json
import List
import Log
import Promise
import String
import Tcp

let main (_ : List String) : Unit ! {Console, Server.Web} =
  do! serve { patient with target = 64, header = 256, body = 16 } (fun port -> List.iter_seq (ask port) requests)
  do! serve { patient with header_time = 10 } (fun port -> ask port ("half a header", ["GET / HTTP/1.1\r\nHo"]))
  do! serve { patient with body_time = 10 } (fun port -> ask port ("half a body", ["POST /show HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nhe"]))
  do! serve { patient with idle_time = 10 } (fun port -> ask port ("nothing", []))
  do! serve patient ask_for_much
  listening stop_while_answering

let patient : Server.Limits = { Server.usual_limits with header_time = 3_600_000, body_time = 3_600_000, idle_time = 3_600_000 }

let answer (request : Server.Request) : Server.Response ! e =
  match (request.method, request.path)
  | (Get, []) -> ret (Server.html "<p>Hello</p>\n")
  | (_, "show" :: _) -> ret (Server.json (describe request))
  | (Get, ["nothing"]) -> ret { Server.text "no body" with status = 204 }
  | (Get, ["unchanged"]) -> ret ({ Server.text "no body" with status = 304 } |> Server.with_field "ETag" "\"a\"")
  | (Get, ["moved"]) -> ret (Server.redirect "/")
  | (Get, ["fault"]) -> ret (Server.text "\(1 / List.length request.query)")
  | (Get, ["split"]) -> ret (Server.text "" |> Server.with_field "A" "b\r\n\r\nHTTP/1.1 200 OK")
  | (Get, ["own"]) -> ret (Server.text "" |> Server.with_field "content-length" "7")
  | (Get, ["early"]) -> ret (Server.status 103)
  | (Get, ["much"]) -> ret (Server.text (String.repeat 3_000_000 "x"))
  | _ -> ret Server.not_found

let describe (request : Server.Request) : Json =
  Json.Array [
    Json.Text (show request.method),
    Json.Array (List.map Json.Text request.path),
    Json.Object (List.map (fun (name, value) -> (name, Json.Text value)) request.query),
    Json.Text (show (Server.field "X-Field" request)),
    Json.Text request.body
  ]

let requests : List (String, List String) = [
  ("one after the other", [get "/", get "/show/a%20b/c%C3%BC/?n=1+2&n=3&%zz", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", last "/none"]),
  ("HTTP/1.0", ["GET /moved HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "GET / HTTP/1.0\r\n\r\n\(get "/")"]),
  ("no bodies", [get "/nothing", get "/unchanged", last "/"]),
  ("what cannot be answered", [get "/fault", get "/split", get "/own", get "/early", last "/"]),
  ("an address elsewhere", [get "http://other/show?a", get "/../show", get "/%00", last "/"]),
  ("bodies", [post "Content-Length: 5" "hello", post "Transfer-Encoding: chunked" "3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\nT: x\r\n\r\n", post "Content-Length: 0" "", last "/"]),
  ("a request in small pieces", String.split "|" "POST |/sho|w HTT|P/1.1\r|\nHost: a\r\nX-Fi|eld: x\r\nTransfer-Encoding: chunked\r\n\r|\n1|0\r|\n0123456789abc|def\r\n0\r\n|\r\n\(last "/")"),
  ("too long a body", [post "Content-Length: 17" "01234567890123456" ++ get "/"]),
  ("too long a body in chunks", [post "Transfer-Encoding: chunked" "10\r\n0123456789abcdef\r\n1\r\ng\r\n" ++ get "/"]),
  ("no chunks", [post "Transfer-Encoding: chunked" "five\r\n" ++ get "/"]),
  ("an unknown coding", [post "Transfer-Encoding: gzip, chunked" "" ++ get "/"]),
  ("two lengths", [post "Content-Length: 1\r\nContent-Length: 1" "a" ++ get "/"]),
  ("too long a target", [get "/\(String.repeat 64 "a")" ++ get "/"]),
  ("too long a header", ["GET / HTTP/1.1\r\nHost: \(String.repeat 256 "a")\r\n\r\n" ++ get "/"]),
  ("no host", ["GET / HTTP/1.1\r\n\r\n" ++ get "/"]),
  ("another version", ["GET / HTTP/2.0\r\nHost: a\r\n\r\n" ++ get "/"]),
  ("a tunnel", ["CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", last "/"])
]

let get (target : String) : String = "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n"

let last (target : String) : String = "GET \(target) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

let post (field : String) (body : String) : String = "POST /show HTTP/1.1\r\nHost: a\r\nX-Field: x\r\n\(field)\r\n\r\n\(body)"

/// Serves as long as the clients ask.
let serve (limits : Server.Limits) (clients : Int -> Unit ! {Console, Server.Web}) : Unit ! {Console, Server.Web} =
  listening (fun listener ->
    let! _ = first (print_log (Server.serve_within limits listener answer)) (clients (Tcp.port listener))
    ret ())

/// What the server logs, without the place of this file.
let print_log (c : a ! {Log, Console | e}) : a ! {Console, Log | e} =
  handle c with
  | Log.write text -> Log.write text
  | Log.debug text -> Log.debug text
  | Log.info text -> Log.info text
  | Log.warn text -> Log.warn text
  | Log.error text -> Console.print_line "log: \(String.join ": " (List.filter (fun part -> not (String.contains ".fx:" part)) (String.split ": " text)))"

let listening (use_it : Tcp.Listener -> Unit ! {Console, Server.Web}) : Unit ! {Console, Server.Web} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener -> bracket (ret listener) Tcp.close_listener use_it

/// Writes the texts, and prints all that comes until the server closes.
let ask (port : Int) ((what, texts) : (String, List String)) : Unit ! {Console, Server.Web} =
  let! came = exchange port texts
  Console.print_line "--- \(what)\n\(String.join "\n" (List.filter (fun line -> not (String.starts_with "Date: " line)) (String.lines came)))"

let exchange (port : Int) (texts : List String) : String ! {Tcp | e} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> ret (Error.message error)
  | Ok socket ->
    let talk socket =
      let! (_, came) = join (List.iter_seq (write socket) texts) (read_all socket "")
      ret came
    bracket (ret socket) Tcp.close talk

/// The server may have gone by then.
let write (socket : Tcp.Socket) (text : String) : Unit ! {Tcp | e} =
  let! _ = Tcp.write_all socket text
  yield

let read_all (socket : Tcp.Socket) (came : String) : String ! {Tcp | e} =
  match! Tcp.read socket
  | Ok "" -> ret came
  | Ok text -> read_all socket (came ++ text)
  | Err error -> ret "\(came)\(Error.message error)\n"

/// A body of several pieces; its client takes it.
let ask_for_much (port : Int) : Unit ! {Console, Server.Web} =
  let! came = exchange port [get "/much", last "/"]
  Console.print_line "--- much\n\(String.length (String.replace "x" "" came)) bytes beside \(String.count "x" came) in the body"

/// Whoever is being answered gets the answer, and whoever has asked for nothing more is let go.
let stop_while_answering (listener : Tcp.Listener) : Unit ! {Console, Server.Web} =
  let! idle = Promise.make
  let! asked = Promise.make
  let! stopped = Promise.make
  let answer (request : Server.Request) =
    if request.path == ["now"] then ret (Server.text "now\n")
    else
      let! _ = Promise.set asked ()
      do! Promise.wait stopped
      ret (Server.text "after the stop\n")
  let stop =
    do! Promise.wait asked
    let! _ = Promise.set stopped ()
    ret ()
  let ask_late =
    do! Promise.wait idle
    ask (Tcp.port listener) ("a stop", [get "/late" ++ get "/now"])
  let! (_, (_, came)) = join (Server.serve_until stop patient listener answer) (join ask_late (ask_and_stay (Tcp.port listener) idle))
  Console.print_line "--- who has stayed got then \(show came)"

/// What comes after the first answer, of which `idle` is told.
let ask_and_stay (port : Int) (idle : Promise Unit) : String ! {Tcp | e} =
  match! Tcp.connect "127.0.0.1" port
  | Err error -> ret (Error.message error)
  | Ok socket ->
    let talk socket =
      let! _ = Tcp.write_all socket (get "/now")
      let! _ = Tcp.read socket
      let! _ = Promise.set idle ()
      read_all socket ""
    bracket (ret socket) Tcp.close talk
