/// One request of HTTP/1.1 as bytes become a value (RFC 9112). Everything here is pure: bytes go in, and what they mean comes out.
///
/// The parser goes line by line and can stop after any line, so it does not matter how the network has cut the bytes. What two servers
/// could read in two ways is refused: two lengths, a length with chunks, a bare line end, a space before a colon, a folded line.
///
/// ```fx program
/// import Console
/// import Http.Request as Request
///
/// let main (_ : List String) : Unit ! {Console} =
///   match Request.parse Request.usual_limits (Request.start 0) "GET /tour/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
///   | Request.Complete request _ -> Console.print_line "asks for \(request.target)"
///   | Request.Incomplete _ -> Console.print_line "wait for more bytes and parse on"
///   | Request.Refused _ -> Console.print_line "no request"
/// ```
import Http.Grammar as Grammar
import List
import String

/// The methods of RFC 9110 9.3 and RFC 5789. Other names are kept.
type Method = Get | Head | Post | Put | Delete | Connect | Options | Trace | Patch | Other String

/// How long the request's body is, as its header fields say (RFC 9112 6.3).
type Body = NoBody | Length Int | Chunked

/// A request without its body.
type Request = {
  method : Method,
  target : String,
  minor : Int,                      // of the version: HTTP/1.minor
  has_host : Bool,
  selects : Bool,                   // there are fields by which not all of the resource may be wanted: Range, or one whose name begins with If-
  close : Bool,                     // Connection: close
  keep_alive : Bool,                // Connection: keep-alive
  expects_continue : Bool,          // Expect: 100-continue, of HTTP/1.1
  body : Body,
  text : String,                    // what it was read from
  places : Places                   // where in that its fields are
}

// Where a field's name begins and ends, and its value without the blanks around it; then the fields before it.
opaque type Places = NoField | Field Int Int Int Int Places

/// Why bytes are no request.
type Refusal = Malformed | TargetTooLong | HeaderTooLarge | NotImplemented | VersionNotSupported

/// The status of a refusal.
///
/// ```fx
/// Request.status Request.TargetTooLong == 414
/// ```
let status (refusal : Refusal) : Int =
  match refusal
  | Malformed -> 400
  | TargetTooLong -> 414
  | HeaderTooLarge -> 431
  | NotImplemented -> 501
  | VersionNotSupported -> 505

/// In bytes: of the request line's target, and of the whole header.
type Limits = { target : Int, header : Int }

/// Targets of 8 KiB, headers of 16 KiB.
///
/// ```fx
/// Request.usual_limits.header == 16_384
/// ```
let usual_limits : Limits = { target = 8192, header = 16_384 }

/// What has been understood so far: where in the text the request began, and where the next line begins.
type Progress =
  | AtStart Int Int
  | AtField Int Int Request

/// What `parse` has found so far.
type Parsed =
  | Incomplete Progress      // give it to `parse` again when there are more bytes
  | Complete Request Int     // and where in the text its header ends
  | Refused Refusal

/// Nothing has been understood yet of the request that begins there.
let start (at : Int) : Progress = AtStart at at

/// Looks at the lines of `text` from where `progress` says. When it is `Incomplete`, the text with more bytes behind it comes next.
let parse (limits : Limits) (progress : Progress) (text : String) : Parsed =
  match progress
  | AtStart began at ->
    match String.index_of_from at "\n" text
    | None ->
      if String.length text - at > limits.header then Refused TargetTooLong
      else Incomplete progress
    | Some end ->
      if is_empty_line text at end && at - began < empty_lines then parse limits (AtStart began (end + 1)) text
      else if end - at > limits.header then Refused TargetTooLong
      else parse_first_line limits at end text
  | AtField began at request ->
    match String.index_of_from at "\n" text
    | None -> if String.length text - began > limits.header then Refused HeaderTooLarge else Incomplete progress
    | Some end ->
      if end - began > limits.header then Refused HeaderTooLarge
      else if end == at || String.byte_or_minus (end - 1) text != carriage_return then Refused Malformed
      else if end == at + 1 then finish request text (end + 1)
      else
        match parse_field text at (end - 1) request
        | Ok request -> parse limits (AtField began (end + 1) request) text
        | Err refusal -> Refused refusal

private let carriage_return = 13

/// So many bytes of empty lines before a request are passed over (RFC 9112 2.2).
private let empty_lines = 8

private let is_empty_line (text : String) (at : Int) (end : Int) : Bool = end == at + 1 && String.byte_or_minus at text == carriage_return

/// `GET /index.html HTTP/1.1` (RFC 9112 3): exactly one space between the three.
private let parse_first_line (limits : Limits) (at : Int) (end : Int) (text : String) : Parsed =
  let line_end = end - 1
  if end == at || String.byte_or_minus line_end text != carriage_return then Refused Malformed
  else
    let method_end = Grammar.skip_token text at line_end
    let target = method_end + 1
    let target_end = Grammar.skip_visible text target line_end
    let version = target_end + 1
    if method_end == at || method_end >= line_end || String.byte_or_minus method_end text != 32 then Refused Malformed
    else if target_end == target || target_end >= line_end || String.byte_or_minus target_end text != 32 then Refused Malformed
    else if target_end - target > limits.target then Refused TargetTooLong
    else
      match parse_version version line_end text
      | Err refusal -> Refused refusal
      | Ok minor ->
        let request = {
          method = if String.starts_with_from at "GET " text then Get else parse_method (String.slice at method_end text),
          target = String.slice target target_end text,
          minor,
          has_host = False,
          selects = False,
          close = False,
          keep_alive = False,
          expects_continue = False,
          body = NoBody,
          text = "",
          places = NoField
        }
        parse limits (AtField at (end + 1) request) text

private let parse_method (name : String) : Method =
  match name
  | "GET" -> Get
  | "HEAD" -> Head
  | "POST" -> Post
  | "PUT" -> Put
  | "DELETE" -> Delete
  | "CONNECT" -> Connect
  | "OPTIONS" -> Options
  | "TRACE" -> Trace
  | "PATCH" -> Patch
  | _ -> Other name

/// The method's name.
///
/// ```fx
/// Request.method_name Request.Get == "GET"
/// Request.method_name (Request.Other "BREW") == "BREW"
/// ```
let method_name (method : Method) : String =
  match method
  | Get -> "GET"
  | Head -> "HEAD"
  | Post -> "POST"
  | Put -> "PUT"
  | Delete -> "DELETE"
  | Connect -> "CONNECT"
  | Options -> "OPTIONS"
  | Trace -> "TRACE"
  | Patch -> "PATCH"
  | Other name -> name

/// The minor version of HTTP/1; other versions are not spoken here (RFC 9110 2.5 and 15.6.6).
private let parse_version (at : Int) (end : Int) (text : String) : Result Int Refusal =
  if end - at == 8 && String.starts_with_from at "HTTP/1.1" text then Ok 1
  else if end - at == 8 && String.starts_with_from at "HTTP/1.0" text then Ok 0
  else
    let version = String.slice at end text
    let major = String.slice 5 6 version
    let minor = String.slice 7 8 version
    if version != "HTTP/\(major).\(minor)" || Grammar.parse_digits (major ++ minor) == None || major == "" || minor == "" then Err Malformed
    else if major == "1" then Ok 1
    else Err VersionNotSupported

/// `name: value` between `at` and `end` (RFC 9112 5): no space before the colon, no folded lines, no control characters.
private let parse_field (text : String) (at : Int) (end : Int) (request : Request) : Result Request Refusal =
  let colon = Grammar.skip_token text at end
  if colon == at || colon == end || String.byte_or_minus colon text != 58 then Err Malformed
  else
    let first_byte = Grammar.skip_blank text (colon + 1) end
    if Grammar.skip_value text first_byte end != end then Err Malformed
    else
      let value_end = Grammar.trim_end text first_byte end
      note_field text at colon first_byte value_end { request with places = Field at colon first_byte value_end request.places }

/// Only these names say something about the message itself, or about how much of the resource is wanted.
private let note_field (text : String) (at : Int) (colon : Int) (from : Int) (to : Int) (request : Request) : Result Request Refusal =
  match colon - at
  | 4 when is_named "host" text at ->
    if not request.has_host && Grammar.is_authority_at text from to then Ok { request with has_host = True } else Err Malformed
  | 10 when is_named "connection" text at -> Ok (note_options (String.slice from to text) request)
  | 6 when is_named "expect" text at ->
    Ok { request with expects_continue = request.minor == 1 && String.equal_ignoring_case "100-continue" (String.slice from to text) }
  | 14 when is_named "content-length" text at -> note_length (String.slice from to text) request
  | 17 when is_named "transfer-encoding" text at ->
    if request.body != NoBody || request.minor == 0 then Err Malformed else note_coding (String.to_lower (String.slice from to text)) request
  | 5 when is_named "range" text at -> Ok { request with selects = True }
  | length when length > 7 && String.byte_or_minus (at + 2) text == 45 && is_named "if-" text at -> Ok { request with selects = True }
  | _ -> Ok request

private let is_named (name : String) (text : String) (at : Int) : Bool = String.starts_with_from_ignoring_case at name text

private let note_options (value : String) (request : Request) : Request =
  if String.equal_ignoring_case "keep-alive" value then { request with keep_alive = True }
  else if String.equal_ignoring_case "close" value then { request with close = True }
  else
    let options = List.map (fun option -> String.to_lower (String.trim option)) (String.split "," value)
    { request with close = request.close || List.contains "close" options, keep_alive = request.keep_alive || List.contains "keep-alive" options }

private let note_length (value : String) (request : Request) : Result Request Refusal =
  match (request.body, Grammar.parse_digits value)
  | (NoBody, Some length) -> Ok { request with body = Length length }
  | _ -> Err Malformed

/// Only `chunked` is known. Where it does not come last, nobody can tell where the body ends (RFC 9112 6.3).
private let note_coding (codings : String) (request : Request) : Result Request Refusal =
  match List.reverse (List.map String.trim (String.split "," codings))
  | ["chunked"] -> Ok { request with body = Chunked }
  | "chunked" :: others -> if List.contains "chunked" others then Err Malformed else Err NotImplemented
  | _ -> Err Malformed

/// A request of HTTP/1.1 says which host it is for (RFC 9112 3.2).
private let finish (request : Request) (text : String) (next : Int) : Parsed =
  if request.minor == 1 && not request.has_host then Refused Malformed
  else Complete { request with text } next

/// The value of a field, by its name in any case; of one that was given several times all values, with commas between them
/// (RFC 9110 5.3).
///
/// ```fx program
/// import Console
/// import Http.Request as Request
/// import Option
///
/// let main (_ : List String) : Unit ! {Console} =
///   match Request.parse Request.usual_limits (Request.start 0) "GET / HTTP/1.0\r\nAccept: a\r\naccept: b\r\n\r\n"
///   | Request.Complete request _ -> Console.print_line (Option.with_default "" (Request.field "Accept" request))
///   | _ -> ret ()
/// ```
let field (name : String) (request : Request) : Option String = find_field name request.text request.places None

private let find_field (name : String) (text : String) (places : Places) (found : Option String) : Option String =
  match places
  | NoField -> found
  | Field at colon from to rest ->
    if colon - at != String.length name || not (is_named name text at) then find_field name text rest found
    else
      let value = String.slice from to text
      match found
      | None -> find_field name text rest (Some value)
      | Some later -> find_field name text rest (Some "\(value), \(later)")

/// All fields, in their order: names as they were written, and values without the blanks around them.
///
/// ```fx program
/// import Console
/// import Http.Request as Request
///
/// let main (_ : List String) : Unit ! {Console} =
///   match Request.parse Request.usual_limits (Request.start 0) "GET / HTTP/1.1\r\nHost: a\r\nX-One:  1 \r\n\r\n"
///   | Request.Complete request _ -> Console.print_line (show (Request.fields request))
///   | _ -> ret ()
/// ```
let fields (request : Request) : List (String, String) = list_fields request.text request.places []

private let list_fields (text : String) (places : Places) (listed : List (String, String)) : List (String, String) =
  match places
  | NoField -> listed
  | Field at colon from to rest -> list_fields text rest ((String.slice at colon text, String.slice from to text) :: listed)

/// Whether the connection stays open after the answer (RFC 9112 9.3), once the body has been read.
let stays_open (request : Request) : Bool = not request.close && (request.minor == 1 || request.keep_alive)
