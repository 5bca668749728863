/// Answering requests over HTTP/1.1 by a function (RFC 9110, RFC 9112).
///
/// ```fx program
/// import Console
/// import Error
/// import Http.Request (Get)
/// import Http.Server as Server
///
/// let main (_ : List String) : Unit ! {Console, Server.Web} =
///   match! Server.serve "127.0.0.1" 8000 answer
///   | Ok () -> ret ()
///   | Err error -> Console.error_line (Error.message error)
///
/// let answer (request : Server.Request) : Server.Response ! e =
///   match (request.method, request.path)
///   | (Get, []) -> ret (Server.html "<h1>Hello!</h1>")
///   | (Get, ["hello", name]) -> ret (Server.text "Hello \(name)!\n")
///   | _ -> ret Server.not_found
/// ```
///
/// Connections stay open for further requests, and each is a task of its own. A handler that faults has answered 500, which the log tells, and the
/// server goes on.
import Error
import Http.Body as Body
import Http.Date as Date
import Http.Grammar as Grammar
import Http.Request as Request
import Http.Response as Response
import Http.Target as Target
import Json
import List
import Log
import Promise
import String
import Task
import Tcp
import Time
import Url

/// What a client asks for. Who asks with HEAD wants the answer to GET without its body: the handler is asked for GET.
type Request = {
  method : Request.Method,
  path : List String,              // the names of the path, decoded: `/notes/7` is ["notes", "7"] (see `Target.names`)
  query : List (String, String),   // names and values, decoded
  fields : List (String, String),  // of the header, as they were written
  body : String,                   // all of it
  target : String,                 // path and query as they were sent
  peer : String                    // address and port of the other side
}

/// What it gets. The server adds Content-Length, Date and Connection.
type Response = { status : Int, fields : List (String, String), body : String }

/// What serving takes, beside what the handler does.
alias Web = {Log, Tcp, Time}

// ---- requests ----

/// The value of a field; large and small letters of its name are the same. Where it was given several times, the first.
///
/// ```fx
/// Server.field "accept" { Server.blank with fields = [("Accept", "text/html")] } == Some "text/html"
/// ```
let field (name : String) (request : Request) : Option String =
  List.find_map (fun (other, value) -> if String.equal_ignoring_case name other then Some value else None) request.fields

/// A value of the query, the first of that name.
///
/// ```fx
/// Server.parameter "page" { Server.blank with query = [("page", "2")] } == Some "2"
/// ```
let parameter (name : String) (request : Request) : Option String =
  List.find_map (fun (other, value) -> if name == other then Some value else None) request.query

/// GET of `/` with nothing in it: for tests, which put in what they need.
///
/// ```fx
/// Server.blank.path == []
/// ```
let blank : Request = { method = Request.Get, path = [], query = [], fields = [], body = "", target = "/", peer = "" }

// ---- responses ----

/// A plain text.
///
/// ```fx
/// Server.text "Hello!" == { status = 200, fields = [("Content-Type", "text/plain; charset=utf-8")], body = "Hello!" }
/// { Server.text "Tea only." with status = 418 }.status == 418
/// ```
let text (body : String) : Response = of_type "text/plain; charset=utf-8" body

/// A page.
///
/// ```fx
/// (Server.html "<h1>Hello!</h1>").fields == [("Content-Type", "text/html; charset=utf-8")]
/// ```
let html (body : String) : Response = of_type "text/html; charset=utf-8" body

/// A JSON value.
///
/// ```fx
/// (Server.json (Json.Array [Json.Int 1])).body == "[1]"
/// ```
let json (value : Json) : Response = of_type "application/json" (Json.to_string value)

private let of_type (media : String) (body : String) : Response = { status = 200, fields = [("Content-Type", media)], body }

/// A status and its name as a text.
///
/// ```fx
/// Server.status 405 == { Server.text "Method Not Allowed\n" with status = 405 }
/// Server.status 204 == { status = 204, fields = [], body = "" }
/// ```
let status (code : Int) : Response =
  if has_body code then { text (Response.reason code ++ "\n") with status = code } else { status = code, fields = [], body = "" }

/// There is no such thing here.
///
/// ```fx
/// Server.not_found.status == 404
/// ```
let not_found : Response = status 404

/// What was asked for is to be had by GET at another address. For any other meaning, another status: `{ Server.redirect place with status = 308 }`.
///
/// ```fx
/// Server.redirect "/notes/7" == { status = 303, fields = [("Location", "/notes/7")], body = "" }
/// ```
let redirect (place : String) : Response = { status = 303, fields = [("Location", place)], body = "" }

/// Adds a field.
///
/// ```fx
/// (Server.status 204 |> Server.with_field "ETag" "\"7\"").fields == [("ETag", "\"7\"")]
/// ```
let with_field (name : String) (value : String) (response : Response) : Response = { response with fields = response.fields ++ [(name, value)] }

// These never have one (RFC 9110 6.4.1).
private let has_body (status : Int) : Bool = status >= 200 && status != 204 && status != 304

// Why a response cannot be sent. A line end in a field would begin another field, or another response.
private let problem_of (response : Response) : Option String =
  if response.status < 200 || response.status > 599 then Some "the status \(response.status) is none of 200 to 599"
  else
    match List.find (fun (name, value) -> not (is_token name && is_value value) || is_own name) response.fields
    | None -> None
    | Some (name, _) when is_own name -> Some "the field \(name) is written by the server"
    | Some (name, value) -> Some "no field can be written so: \(show name) with the value \(show value)"

private let is_token (text : String) : Bool =
  not (String.is_empty text) && Grammar.skip_token text 0 (String.length text) == String.length text

private let is_value (text : String) : Bool = Grammar.skip_value text 0 (String.length text) == String.length text

private let is_own (name : String) : Bool =
  match String.length name
  | 4 -> String.equal_ignoring_case name "Date"
  | 10 -> String.equal_ignoring_case name "Connection"
  | 14 -> String.equal_ignoring_case name "Content-Length"
  | 17 -> String.equal_ignoring_case name "Transfer-Encoding"
  | _ -> False

test "what would split an answer is refused" =
  let refused name value = problem_of (with_field name value (status 200)) != None
  refused "A" "b\r\nC: d" && refused "A" "b\nc" && refused "A" "\0" && refused "A\r\nB" "c" && refused "A:" "b" && refused "" "b" &&
    refused "content-length" "5" && not (refused "A" "b\tc ü") && problem_of (status 100) != None

// ---- serving ----

/// How much is taken, in bytes, and how long it is waited for, in milliseconds.
type Limits = {
  target : Int,        // longest target of a request
  header : Int,        // longest header
  body : Int,          // longest body
  header_time : Int,   // from the first bytes of a header to its end
  body_time : Int,     // from the end of the header to that of the body
  idle_time : Int,     // between two requests
  write_time : Int     // for a client to take a response, or the next mebibyte of one
}

/// Targets of 8 KiB, headers of 16 KiB, bodies of 1 MiB; ten seconds for a header, and a minute for all else.
///
/// ```fx
/// { Server.usual_limits with body = 1024 }.header == 16_384
/// ```
let usual_limits : Limits = {
  target = 8192,
  header = 16_384,
  body = 1_048_576,
  header_time = 10_000,
  body_time = 60_000,
  idle_time = 60_000,
  write_time = 60_000
}

/// `serve host port handler` answers all requests by the handler. It answers itself only when it cannot listen. As many clients are served at once as
/// `Tcp.serve` serves; a handler that is to be cancelled when it takes too long says so by `Task.timeout`.
let serve (host : String) (port : Int) (handler : Request -> Response ! {Web | e}) : Result Unit Error ! {Web | e} =
  match! Tcp.listen host port
  | Err error -> ret (Err error)
  | Ok listener ->
    do! serve_within usual_limits listener handler
    ret (Ok ())

/// The same with limits of one's own, for a listener that is there already. It answers when the listener has been closed and the last client has gone.
let serve_within (limits : Limits) (listener : Tcp.Listener) (handler : Request -> Response ! {Web | e}) : Unit ! {Web | e} =
  let! service = open_service limits handler
  serve_clients service listener

/// The same until `stop` has ended: then nobody else is let in, who has asked gets the answer, and it answers when the last client has gone.
///
/// ```fx program
/// import Console
/// import Error
/// import Http.Server as Server
/// import Signal
/// import Tcp
///
/// let main (_ : List String) : Unit ! {Console, Server.Web, Signal} =
///   match! Tcp.listen "127.0.0.1" 8000
///   | Err error -> Console.error_line (Error.message error)
///   | Ok listener ->
///     do! Server.serve_until (Signal.wait Signal.Terminate) Server.usual_limits listener (fun _ -> ret (Server.text "Hello!\n"))
///     Console.print_line "Everybody has been answered."
/// ```
let serve_until (stop : Unit ! {Web | e}) (limits : Limits) (listener : Tcp.Listener) (handler : Request -> Response ! {Web | e}) : Unit ! {Web | e} =
  let! service = open_service limits handler
  let! gone = Promise.make
  let serve_all =
    do! serve_clients service listener
    let! _ = Promise.set gone ()
    ret ()
  let wind_up =
    do! stop
    let! _ = Promise.set service.stopped ()
    do! Tcp.close_listener listener
    do! Tcp.end_limit service.idle
    Promise.wait gone
  let! _ = first serve_all wind_up
  ret ()

// What all clients share.
opaque type Service e = {
  handler : Request -> Response ! {Web | e},
  limits : Limits,
  idle : Tcp.Limit,
  write : Tcp.Limit,
  stopped : Promise Unit
}

private let open_service (limits : Limits) (handler : Request -> Response ! {Web | e}) : Service e ! {Web | e} =
  let! idle = Tcp.limit limits.idle_time
  let! write = Tcp.limit limits.write_time
  let! stopped = Promise.make
  ret { handler, limits, idle, write, stopped }

private let serve_clients (service : Service e) (listener : Tcp.Listener) : Unit ! {Web | e} =
  Tcp.serve_listener listener (fun socket peer -> wait_for_request { service, socket, peer, second = -1, date = "" })

// `date` is the field of that name as it was written at this second.
opaque type Client e = { service : Service e, socket : Tcp.Socket, peer : String, second : Int, date : String }

// ---- headers ----

private let wait_for_request (client : Client e) : Unit ! {Web | e} =
  match! Tcp.read_within client.socket client.service.idle
  | Err _ | Ok "" -> ret ()
  | Ok text -> begin_request client text 0

// The next request begins at `at`.
private let begin_request (client : Client e) (text : String) (at : Int) : Unit ! {Web | e} =
  if at == String.length text then wait_for_request client
  else
    match parse client (Request.start at) text
    | Request.Incomplete _ when at > 0 -> begin_request client (String.drop at text) 0
    | Request.Incomplete progress ->
      let! now = Time.monotonic
      read_header client progress text (now + client.service.limits.header_time * 1_000_000)
    | Request.Complete head next -> begin_body client head text next
    | Request.Refused refusal -> refuse client (Request.status refusal)

private let parse (client : Client e) (progress : Request.Progress) (text : String) : Request.Parsed =
  Request.parse { target = client.service.limits.target, header = client.service.limits.header } progress text

// The deadline is in monotonic nanoseconds.
private let read_header (client : Client e) (progress : Request.Progress) (text : String) (deadline : Int) : Unit ! {Web | e} =
  match! read_before deadline client.socket
  | Gone -> ret ()
  | TooSlow -> refuse client 408
  | More more ->
    let text = text ++ more
    match parse client progress text
    | Request.Incomplete further -> read_header client further text deadline
    | Request.Complete head next -> begin_body client head text next
    | Request.Refused refusal -> refuse client (Request.status refusal)

opaque type Reading = More String | Gone | TooSlow

private let read_before (deadline : Int) (socket : Tcp.Socket) : Reading ! {Web | e} =
  let! now = Time.monotonic
  match! first (Tcp.read socket) (Time.sleep ((deadline - now) / 1_000_000))
  | Left (Ok "") | Left (Err _) -> ret Gone
  | Left (Ok text) -> ret (More text)
  | Right () -> ret TooSlow

// ---- bodies ----

private let begin_body (client : Client e) (head : Request.Request) (text : String) (at : Int) : Unit ! {Web | e} =
  match head.body
  | Request.NoBody -> answer client head "" text at
  | Request.Length length when length > client.service.limits.body -> refuse client 413
  | _ ->
    let waits = head.expects_continue && at == String.length text && head.body != Request.Length 0
    let! asked = if waits then Tcp.write_all_within client.socket ["HTTP/1.1 100 Continue\r\n\r\n"] client.service.write else ret (Ok ())
    let! now = Time.monotonic
    let deadline = now + client.service.limits.body_time * 1_000_000
    if asked == Ok () then read_body client head deadline (Body.start head.body) text at "" else ret ()

// `body` is what has been read of it; the rest begins at `at`.
private let read_body (client : Client e) (head : Request.Request) (deadline : Int) (progress : Body.Progress) (text : String) (at : Int) (body : String)
    : Unit ! {Web | e} =
  match Body.next progress text at
  | Body.Data from to further ->
    if to - from > client.service.limits.body - String.length body then refuse client 413
    else read_body client head deadline further text to (body ++ String.slice from to text)
  | Body.End next -> answer client head body text next
  | Body.Malformed -> refuse client 400
  | Body.NeedMore from further ->
    match! read_before deadline client.socket
    | Gone -> ret ()
    | TooSlow -> refuse client 408
    | More more -> read_body client head deadline further (String.drop from text ++ more) 0 body

// ---- answers ----

private let answer (client : Client e) (head : Request.Request) (body : String) (text : String) (next : Int) : Unit ! {Web | e} =
  let! response = respond client head body
  let! stopped = Promise.get client.service.stopped
  let wants_more = Request.stays_open head
  let stays_open = wants_more && stopped == None
  let! client = renew_date client
  match! send client { stays_open, minor = head.minor, without_body = head.method == Request.Head } response
  | Err _ -> ret ()
  | Ok () ->
    if stays_open then begin_request client text next
    else if wants_more || next < String.length text then take_leave client.socket
    else ret ()

private let respond (client : Client e) (head : Request.Request) (body : String) : Response ! {Web | e} =
  match (head.method, Target.names head.target)
  | (Request.Options, None) when head.target == "*" -> ret { status = 200, fields = [], body = "" } // RFC 9110 9.3.7
  | (Request.Connect, _) -> ret (status 501)
  | (_, None) -> ret (status 400)
  | (method, Some path) ->
    match! Task.isolate (client.service.handler (request_of client head body method path))
    | Err { message, place } -> fail head (if place == "" then message else "\(place): \(message)")
    | Ok response ->
      match problem_of response
      | None -> ret response
      | Some problem -> fail head problem

private let request_of (client : Client e) (head : Request.Request) (body : String) (method : Request.Method) (path : List String) : Request =
  let query = match String.index_of "?" head.target | Some mark -> Url.parse_query (String.drop (mark + 1) head.target) | None -> []
  let asked = if method == Request.Head then Request.Get else method
  { method = asked, path, query, fields = Request.fields head, body, target = head.target, peer = client.peer }

private let fail (head : Request.Request) (problem : String) : Response ! {Web | e} =
  do! Log.error "\(Request.method_name head.method) \(head.target): \(problem)"
  ret (status 500)

// The last answer of a connection: nobody can tell where another request would begin, or who waits for its answer.
private let refuse (client : Client e) (code : Int) : Unit ! {Web | e} =
  let! client = renew_date client
  match! send client { stays_open = False, minor = 1, without_body = False } (status code)
  | Ok () -> take_leave client.socket
  | Err _ -> ret ()

private let renew_date (client : Client e) : Client e ! {Web | e} =
  let! now = Time.get
  ret (if now == client.second then client else { client with second = now, date = "Date: \(Date.print now)\r\n" })

// How a response is framed: for a client of HTTP/1.minor.
opaque type Frame = { stays_open : Bool, minor : Int, without_body : Bool }

private let send (client : Client e) (frame : Frame) (response : Response) : Result Unit Error ! {Web | e} =
  let head = print_head client.date frame response
  if frame.without_body || not (has_body response.status) then write client frame.stays_open [head]
  else if String.length response.body <= longest_piece then write client frame.stays_open [head, response.body]
  else send_pieces client frame.stays_open head response.body 0

private let longest_piece = 1_048_576

private let send_pieces (client : Client e) (stays_open : Bool) (head : String) (body : String) (at : Int) : Result Unit Error ! {Web | e} =
  let end = at + longest_piece
  if end >= String.length body then write client stays_open [head, String.drop at body]
  else
    match! write client True [head, String.slice at end body]
    | Ok () -> send_pieces client stays_open "" body end
    | Err error -> ret (Err error)

private let write (client : Client e) (stays_open : Bool) (texts : List String) : Result Unit Error ! {Web | e} =
  if stays_open then Tcp.write_all_within client.socket texts client.service.write
  else Tcp.write_last_within client.socket texts client.service.write

private let print_head (date : String) (frame : Frame) (response : Response) : String =
  let length = if has_body response.status then "Content-Length: \(String.length response.body)\r\n" else ""
  let connection = if not frame.stays_open then "Connection: close\r\n" else if frame.minor == 0 then "Connection: keep-alive\r\n" else ""
  let fields = List.fold (fun done (name, value) -> "\(done)\(name): \(value)\r\n") "" response.fields
  "HTTP/1.1 \(response.status) \(Response.reason response.status)\r\n\(fields)\(length)\(date)\(connection)\r\n"

// Drops what still comes for a moment: bytes left unread would make the system reset the connection, and the client might lose the answer
// (RFC 9112 9.6).
private let take_leave (socket : Tcp.Socket) : Unit ! {Web | e} =
  let! _ = first (drain socket) (Time.sleep 2000)
  ret ()

private let drain (socket : Tcp.Socket) : Unit ! {Web | e} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok _ -> drain socket
