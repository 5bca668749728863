/// What a server answers, as bytes become a value (RFC 9112). Pure: `Http.Client` reads the bytes.
import Http.Body as Body
import Http.Grammar as Grammar
import List
import String

/// A response without its body: the names of the fields as they were written, in their order.
type Head = { status : Int, reason : String, fields : List (String, String) }

/// Where a response's body ends.
type Ending =
  | Framed Body.Progress   // where its length or its chunks say
  | UntilClose             // where the server closes the connection

/// The status line and the fields, all that stands before the empty line. None: that is no response.
///
/// ```fx
/// Response.parse_head "HTTP/1.1 200 OK\r\nContent-Length: 3" == Some { status = 200, reason = "OK", fields = [("Content-Length", "3")] }
/// Response.parse_head "HTTP/1.1 204 " == Some { status = 204, reason = "", fields = [] }
/// Response.parse_head "SSH-2.0-OpenSSH" == None
/// ```
let parse_head (text : String) : Option Head =
  match String.split "\r\n" text
  | [] -> None
  | first :: rest ->
    let fields = List.map parse_field rest
    match parse_status first
    | Some (status, reason) when not (List.contains None fields) -> Some { status, reason, fields = List.filter_map (fun field -> field) fields }
    | _ -> None

// `HTTP/1.1 404 Not Found`: the reason may be missing (RFC 9112 4).
private let parse_status (line : String) : Option (Int, String) =
  let digits = String.slice 9 12 line
  let is_version = String.starts_with "HTTP/1." line && String.slice 8 9 line == " "
  let ends = String.length line == 12 || String.slice 12 13 line == " "
  match Grammar.parse_digits digits
  | Some status when is_version && ends && status >= 100 && String.length digits == 3 -> Some (status, String.drop 13 line)
  | _ -> None

private let parse_field (line : String) : Option (String, String) =
  match String.split_once ":" line
  | Some (name, value) when is_token name && is_value value -> Some (name, String.trim value)
  | _ -> None

private let is_token (text : String) : Bool =
  not (String.is_empty text) && Grammar.skip_token text 0 (String.length text) == String.length text

private let is_value (text : String) : Bool = Grammar.skip_value text 0 (String.length text) == String.length text

/// All values of a field; large and small letters of its name are the same.
///
/// ```fx
/// Response.values "vary" { status = 200, reason = "", fields = [("Vary", "a"), ("VARY", "b")] } == ["a", "b"]
/// ```
let values (name : String) (head : Head) : List String =
  List.filter_map (fun (written, value) -> if String.equal_ignoring_case name written then Some value else None) head.fields

/// Where the body of an answer to GET ends (RFC 9112 6.3). None: lengths that contradict each other, or are none.
///
/// ```fx
/// Response.ending { status = 200, reason = "", fields = [("Content-Length", "3")] } == Some (Response.Framed (Body.Rest 3))
/// Response.ending { status = 304, reason = "", fields = [("Content-Length", "3")] } == Some (Response.Framed (Body.Rest 0))
/// Response.ending { status = 200, reason = "", fields = [("Transfer-Encoding", "gzip, Chunked")] } == Some (Response.Framed Body.ChunkSize)
/// Response.ending { status = 200, reason = "", fields = [] } == Some Response.UntilClose
/// Response.ending { status = 200, reason = "", fields = [("Content-Length", "3"), ("Content-Length", "4")] } == None
/// ```
let ending (head : Head) : Option Ending =
  if head.status < 200 || head.status == 204 || head.status == 304 then Some (Framed (Body.Rest 0))
  else
    match (listed "transfer-encoding" head, List.unique (listed "content-length" head))
    | ([], []) -> Some UntilClose
    | ([], [length]) ->
      match Grammar.parse_digits length
      | Some size -> Some (Framed (Body.Rest size))
      | None -> None
    | ([], _) -> None
    | (codings, _) -> Some (if List.last codings == Some "chunked" then Framed Body.ChunkSize else UntilClose)

// The words of a field that is a list.
private let listed (name : String) (head : Head) : List String =
  List.map (fun word -> String.to_lower (String.trim word)) (List.concat_map (String.split ",") (values name head))

/// What a status is called (RFC 9110 15, RFC 6585); "" for one that has no name.
///
/// ```fx
/// Response.reason 404 == "Not Found"
/// Response.reason 299 == ""
/// ```
let reason (status : Int) : String =
  match status
  | 100 -> "Continue"
  | 101 -> "Switching Protocols"
  | 103 -> "Early Hints"
  | 200 -> "OK"
  | 201 -> "Created"
  | 202 -> "Accepted"
  | 203 -> "Non-Authoritative Information"
  | 204 -> "No Content"
  | 205 -> "Reset Content"
  | 206 -> "Partial Content"
  | 300 -> "Multiple Choices"
  | 301 -> "Moved Permanently"
  | 302 -> "Found"
  | 303 -> "See Other"
  | 304 -> "Not Modified"
  | 307 -> "Temporary Redirect"
  | 308 -> "Permanent Redirect"
  | 400 -> "Bad Request"
  | 401 -> "Unauthorized"
  | 402 -> "Payment Required"
  | 403 -> "Forbidden"
  | 404 -> "Not Found"
  | 405 -> "Method Not Allowed"
  | 406 -> "Not Acceptable"
  | 407 -> "Proxy Authentication Required"
  | 408 -> "Request Timeout"
  | 409 -> "Conflict"
  | 410 -> "Gone"
  | 411 -> "Length Required"
  | 412 -> "Precondition Failed"
  | 413 -> "Content Too Large"
  | 414 -> "URI Too Long"
  | 415 -> "Unsupported Media Type"
  | 416 -> "Range Not Satisfiable"
  | 417 -> "Expectation Failed"
  | 421 -> "Misdirected Request"
  | 422 -> "Unprocessable Content"
  | 426 -> "Upgrade Required"
  | 428 -> "Precondition Required"
  | 429 -> "Too Many Requests"
  | 431 -> "Request Header Fields Too Large"
  | 451 -> "Unavailable For Legal Reasons"
  | 500 -> "Internal Server Error"
  | 501 -> "Not Implemented"
  | 502 -> "Bad Gateway"
  | 503 -> "Service Unavailable"
  | 504 -> "Gateway Timeout"
  | 505 -> "HTTP Version Not Supported"
  | 511 -> "Network Authentication Required"
  | _ -> ""
