/// One request of HTTP/1.1 as bytes become a value (RFC 9112). Everything here is pure: bytes go in, and what they mean comes out.
///
/// The parser goes line by line and can stop after any line, so it does not matter how the network has cut the bytes.
import List
import String

type Method = Get | Head | Other String

/// How long the request's body is, as its header fields say (RFC 9112 6.3).
type Body = NoBody | Length Int | Chunked

type Request = {
  method : Method,
  target : String,
  minor : Int,               // of the version: HTTP/1.minor
  host : Option String,
  close : Bool,              // Connection: close
  keep_alive : Bool,         // Connection: keep-alive
  body : Body
}

/// Why bytes are no request that we answer. Each has a status of its own.
type Refusal = Malformed | TargetTooLong | HeaderTooLarge | NotImplemented | VersionNotSupported

/// What has been understood so far, and where the next line begins.
type Progress =
  | AtStart Int
  | AtField Int Int Request  // where the request began, where the next line begins

type Parsed =
  | Incomplete Progress      // give it to `parse` again when there are more bytes
  | Complete Request Int     // and where in the text the next request would begin
  | Refused Refusal

/// Limits, in bytes: of the request line's target, and of the whole header.
let longest_target = 8192
let longest_header = 16_384

let start (at : Int) : Progress = AtStart at

/// Looks at the lines of `text` from where `progress` says.
let parse (progress : Progress) (text : String) : Parsed =
  match progress
  | AtStart at ->
    match String.index_of_from at "\n" text
    | None ->
      if String.length text - at > longest_header then Refused TargetTooLong
      else Incomplete progress
    | Some end ->
      // An empty line before a request is passed over (RFC 9112 2.2).
      if end == at + 1 && String.byte_or_minus at text == carriage_return then parse (AtStart (end + 1)) text
      else parse_first_line at end text
  | AtField began at request ->
    match String.index_of_from at "\n" text
    | None -> if String.length text - began > longest_header then Refused HeaderTooLarge else Incomplete progress
    | Some end ->
      if end - began > longest_header then Refused HeaderTooLarge
      else if end == at || String.byte_or_minus (end - 1) text != carriage_return then Refused Malformed
      else if end == at + 1 then finish request (end + 1)
      else
        match parse_field text at (end - 1) request
        | Ok request -> parse (AtField began (end + 1) request) text
        | Err refusal -> Refused refusal

private let carriage_return = 13

/// `GET /index.html HTTP/1.1` (RFC 9112 3): exactly one space between the three.
private let parse_first_line (at : Int) (end : Int) (text : String) : Parsed =
  let line_end = end - 1
  if end == at || String.byte_or_minus line_end text != carriage_return then Refused Malformed
  else
    let method_end = skip_token text at line_end
    let target = method_end + 1
    let target_end = skip_visible text target line_end
    let version = target_end + 1
    if method_end == at || method_end >= line_end || String.byte_or_minus method_end text != 32 then Refused Malformed
    else if target_end == target || target_end >= line_end || String.byte_or_minus target_end text != 32 then Refused Malformed
    else if target_end - target > longest_target then Refused TargetTooLong
    else
      match parse_version (String.slice version line_end text)
      | Err refusal -> Refused refusal
      | Ok minor ->
        let request = {
          method = parse_method (String.slice at method_end text),
          target = String.slice target target_end text,
          minor,
          host = None,
          close = False,
          keep_alive = False,
          body = NoBody
        }
        parse (AtField at (end + 1) request) text

private let parse_method (name : String) : Method =
  match name
  | "GET" -> Get
  | "HEAD" -> Head
  | _ -> Other name

/// The minor version of HTTP/1; other versions are not spoken here (RFC 9110 2.5 and 15.6.6).
private let parse_version (version : String) : Result Int Refusal =
  match version
  | "HTTP/1.1" -> Ok 1
  | "HTTP/1.0" -> Ok 0
  | _ ->
    if String.length version != 8 || not (String.starts_with "HTTP/" version) then Err Malformed
    else if not (is_digit (String.byte_or_minus 5 version) && String.byte_or_minus 6 version == 46 && is_digit (String.byte_or_minus 7 version)) then Err Malformed
    else if String.byte_or_minus 5 version == 49 then Ok 1
    else Err VersionNotSupported

/// `name: value` between `at` and `end` (RFC 9112 5): no space before the colon, no folded lines, no control characters.
private let parse_field (text : String) (at : Int) (end : Int) (request : Request) : Result Request Refusal =
  let colon = skip_token text at end
  if colon == at || colon == end || String.byte_or_minus colon text != 58 then Err Malformed
  else
    let first_byte = skip_blank text (colon + 1) end
    if skip_value text first_byte end != end then Err Malformed
    else
      // Only fields with a name of one of these lengths mean something here; the others are not even copied.
      match colon - at
      | 4 | 10 | 14 | 17 ->
        let name = String.to_lower (String.slice at colon text)
        note_field name (String.slice first_byte (last_byte text first_byte end) text) request
      | _ -> Ok request

private let note_field (name : String) (value : String) (request : Request) : Result Request Refusal =
  match name
  | "host" ->
    match request.host
    | None -> if is_host value then Ok { request with host = Some value } else Err Malformed
    | Some _ -> Err Malformed
  | "connection" ->
    let options = List.map (fun option -> String.to_lower (String.trim option)) (String.split "," value)
    Ok { request with close = request.close || List.contains "close" options, keep_alive = request.keep_alive || List.contains "keep-alive" options }
  | "content-length" ->
    match (request.body, parse_length value)
    | (NoBody, Some length) -> Ok { request with body = Length length }
    | (Length before, Some length) -> if before == length then Ok request else Err Malformed
    | (Chunked, _) | (_, None) -> Err Malformed
  | "transfer-encoding" ->
    if request.body != NoBody || request.minor == 0 then Err Malformed
    else if String.to_lower value == "chunked" then Ok { request with body = Chunked }
    else Err NotImplemented
  | _ -> Ok request

/// A request of HTTP/1.1 says which host it is for (RFC 9112 3.2).
private let finish (request : Request) (next : Int) : Parsed =
  if request.minor == 1 && request.host == None then Refused Malformed
  else Complete request next

/// Digits only, and no more than an Int can hold (RFC 9110 8.6).
private let parse_length (value : String) : Option Int =
  if value == "" || String.length value > 18 then None
  else
    let read at so_far =
      if at == String.length value then Some so_far
      else
        let byte = String.byte_or_minus at value
        if is_digit byte then read (at + 1) (so_far * 10 + byte - 48) else None
    read 0 0

/// Whether the connection stays open after the answer (RFC 9112 9.3).
let stays_open (request : Request) : Bool =
  request.body == NoBody && not request.close && (request.minor == 1 || request.keep_alive)

// ---- bytes ----

private let is_digit (byte : Int) : Bool = byte >= 48 && byte <= 57

private let is_letter (byte : Int) : Bool = byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90

/// RFC 9110 5.6.2.
private let is_token (byte : Int) : Bool =
  is_letter byte || byte == 45 || is_digit byte ||
    (match byte
    | 33 | 35 | 36 | 37 | 38 | 39 | 42 | 43 | 46 | 94 | 95 | 96 | 124 | 126 -> True
    | _ -> False)

private let is_host_byte (byte : Int) : Bool =
  is_letter byte || is_digit byte ||
    (match byte
    | 45 | 46 | 58 | 91 | 93 | 95 | 126 | 37 | 33 | 36 | 38 | 39 | 40 | 41 | 42 | 43 | 44 | 59 | 61 -> True
    | _ -> False)

/// Host may be empty, but holds nothing that a host and a port cannot (RFC 9110 7.2, RFC 3986 3.2).
private let is_host (value : String) : Bool =
  let walk at = at == String.length value || is_host_byte (String.byte_or_minus at value) && walk (at + 1)
  walk 0

private let skip_token (text : String) (at : Int) (end : Int) : Int =
  if at < end && is_token (String.byte_or_minus at text) then skip_token text (at + 1) end else at

private let skip_visible (text : String) (at : Int) (end : Int) : Int =
  if at < end && is_visible (String.byte_or_minus at text) then skip_visible text (at + 1) end else at

private let is_visible (byte : Int) : Bool = byte > 32 && byte < 127

private let skip_value (text : String) (at : Int) (end : Int) : Int =
  if at < end && is_value (String.byte_or_minus at text) then skip_value text (at + 1) end else at

/// Anything but control characters; the tab is none of them here (RFC 9110 5.5).
private let is_value (byte : Int) : Bool = byte >= 32 && byte != 127 || byte == 9

private let is_blank (byte : Int) : Bool = byte == 32 || byte == 9

private let skip_blank (text : String) (at : Int) (end : Int) : Int =
  if at < end && is_blank (String.byte_or_minus at text) then skip_blank text (at + 1) end else at

/// Where a value ends when the blanks after it are left out.
private let last_byte (text : String) (at : Int) (end : Int) : Int =
  if end > at && is_blank (String.byte_or_minus (end - 1) text) then last_byte text at (end - 1) else end
