/// Asking a web server, over HTTP/1.1: one request for each connection.
///
/// ```fx program
/// import Console
/// import Http.Client as Client
/// import String
/// import Tcp
///
/// let main (_ : List String) : Unit ! {Console, Tcp} =
///   match! Client.get "http://localhost:8000/"
///   | Ok response -> Console.print_line "\(response.status), \(String.length response.body) bytes"
///   | Err failure -> Console.error_line (Client.message failure)
/// ```
import Error
import Http.Body as Body
import Http.Response as Response
import Option
import String
import Tcp
import Url

/// What a server answers; `reason` is the text beside the status, `fields` the header's, in their order.
type Response = { status : Int, reason : String, fields : List (String, String), body : String }

/// Why there is no response.
type Failure =
  | BadUrl                // none of the scheme http with a host
  | Unreachable Error     // no connection, or one that broke
  | Malformed             // what came is no HTTP
  | TooLarge              // more than the limits allow
  | Incomplete            // the connection ended before the response

/// In bytes: of the header, and of the body.
type Limits = { header : Int, body : Int }

/// Headers of 64 KiB, bodies of 64 MiB.
let usual_limits : Limits = { header = 65_536, body = 67_108_864 }

/// A few words for people.
///
/// ```fx
/// Client.message Client.BadUrl == "not an http:// address"
/// Client.message (Client.Unreachable Error.ConnectionRefused) == "connection refused"
/// ```
let message (failure : Failure) : String =
  match failure
  | BadUrl -> "not an http:// address"
  | Unreachable error -> Error.message error
  | Malformed -> "the answer is not HTTP"
  | TooLarge -> "the answer is too large"
  | Incomplete -> "the answer ends too early"

/// Asks for what is at an address. Any status is an answer, also 404, also one that leads elsewhere.
let get (url : String) : Result Response Failure ! {Tcp | e} = get_within usual_limits url

/// The same, with limits of one's own to what is read.
let get_within (limits : Limits) (url : String) : Result Response Failure ! {Tcp | e} =
  match Url.parse url
  | Some { scheme = "http", host = Some host, port, path, query } when host != "" ->
    match! Tcp.connect host (Option.with_default 80 port)
    | Err error -> ret (Err (Unreachable error))
    | Ok socket -> bracket (ret socket) Tcp.close (ask limits (print_request host port path query))
  | _ -> ret (Err BadUrl)

private let print_request (host : String) (port : Option Int) (path : String) (query : Option String) : String =
  let target = (if String.is_empty path then "/" else path) ++ (match query | Some text -> "?\(text)" | None -> "")
  let name = if String.contains ":" host && not (String.starts_with "[" host) then "[\(host)]" else host
  let authority = match port | Some number -> "\(name):\(number)" | None -> name
  "GET \(target) HTTP/1.1\r\nHost: \(authority)\r\nConnection: close\r\n\r\n"

private let ask (limits : Limits) (request : String) (socket : Tcp.Socket) : Result Response Failure ! {Tcp | e} =
  match! Tcp.write_all socket request
  | Err error -> ret (Err (Unreachable error))
  | Ok () -> read_head limits socket ""

// Answers with a status below 200 come before the one that counts (RFC 9110 15.2).
private let read_head (limits : Limits) (socket : Tcp.Socket) (text : String) : Result Response Failure ! {Tcp | e} =
  match String.split_once "\r\n\r\n" text
  | Some (header, rest) when String.length header <= limits.header ->
    match Response.parse_head header
    | None -> ret (Err Malformed)
    | Some head ->
      match Response.ending head
      | None -> ret (Err Malformed)
      | Some _ when head.status < 200 -> read_head limits socket rest
      | Some (Response.Framed progress) -> read_framed limits socket head progress rest ""
      | Some Response.UntilClose -> read_to_close limits socket head rest
  | Some _ -> ret (Err TooLarge)
  | None when String.length text > limits.header -> ret (Err TooLarge)
  | None ->
    match! Tcp.read socket
    | Err error -> ret (Err (Unreachable error))
    | Ok "" -> ret (Err (if String.starts_with "HTTP/1." text || String.is_empty text then Incomplete else Malformed))
    | Ok more -> read_head limits socket (text ++ more)

private let whole (head : Response.Head) (body : String) : Result Response Failure =
  Ok { status = head.status, reason = head.reason, fields = head.fields, body }

private let read_to_close (limits : Limits) (socket : Tcp.Socket) (head : Response.Head) (body : String) : Result Response Failure ! {Tcp | e} =
  if String.length body > limits.body then ret (Err TooLarge)
  else
    match! Tcp.read socket
    | Err error -> ret (Err (Unreachable error))
    | Ok "" -> ret (whole head body)
    | Ok more -> read_to_close limits socket head (body ++ more)

private let read_framed (limits : Limits) (socket : Tcp.Socket) (head : Response.Head) (progress : Body.Progress) (text : String) (body : String)
    : Result Response Failure ! {Tcp | e} =
  match take_body limits progress text 0 body
  | Err failure -> ret (Err failure)
  | Ok (Whole body) -> ret (whole head body)
  | Ok (Partly body progress rest) ->
    match! Tcp.read socket
    | Err error -> ret (Err (Unreachable error))
    | Ok "" -> ret (Err Incomplete)
    | Ok more -> read_framed limits socket head progress (rest ++ more) body

// A body as far as it has come: with what has not been understood yet, and where in the frame that stands.
opaque type Taken = Whole String | Partly String Body.Progress String

private let take_body (limits : Limits) (progress : Body.Progress) (text : String) (at : Int) (body : String) : Result Taken Failure =
  if String.length body > limits.body then Err TooLarge
  else
    match Body.next progress text at
    | Body.Data from to progress -> take_body limits progress text to (body ++ String.slice from to text)
    | Body.NeedMore from progress -> Ok (Partly body progress (String.drop from text))
    | Body.End _ -> Ok (Whole body)
    | Body.Malformed -> Err Malformed
