/// Web addresses and other URIs (RFC 3986): taking them apart, putting them together, and the encoding of what may not stand in them.

import Char
import Int
import List
import String

/// The parts of an address, encoded as they were. `scheme` and `host` are in small letters; parts that are not there are "" or `None`.
type Url = {
  scheme : String,
  user : Option String,
  host : Option String,
  port : Option Int,
  path : String,
  query : Option String,
  fragment : Option String
}

/// Takes an address apart; it may be relative. `None` where the port is no number, or a byte stands that must be encoded.
///
/// ```fx
/// Option.map (fun url -> (url.host, url.port, url.path)) (Url.parse "http://localhost:8000/a?b#c") == Some (Some "localhost", Some 8000, "/a")
/// Option.map (fun url -> url.query) (Url.parse "/find?q=fx") == Some (Some "q=fx")
/// Url.parse "http://host:port/" == None
/// Url.parse "two words" == None
/// ```
let parse (text : String) : Option Url =
  if List.all may_stand (String.bytes text) then parse_parts text else None

private let may_stand (byte : Int) : Bool =
  byte > 32 && byte < 127 && byte != 34 && byte != 60 && byte != 62 && byte != 92 && byte != 94 && byte != 96 && (byte < 123 || byte == 126)

private let parse_parts (text : String) : Option Url =
  let (before_fragment, fragment) = cut "#" text
  let (before_query, query) = cut "?" before_fragment
  let (scheme, rest) = cut_scheme before_query
  let url = { scheme, user = None, host = None, port = None, path = rest, query, fragment }
  match String.strip_prefix "//" rest
  | None -> Some url
  | Some from_host ->
    match String.index_of "/" from_host
    | None -> parse_authority from_host { url with path = "" }
    | Some slash -> parse_authority (String.take slash from_host) { url with path = String.drop slash from_host }

private let cut (separator : String) (text : String) : (String, Option String) =
  match String.split_once separator text
  | Some (before, after) -> (before, Some after)
  | None -> (text, None)

// A colon ends a scheme only if what is before it can be one.
private let cut_scheme (text : String) : (String, String) =
  match String.split_once ":" text
  | Some (scheme, rest) when is_scheme scheme -> (String.to_lower scheme, rest)
  | _ -> ("", text)

private let is_scheme (text : String) : Bool =
  match String.chars text
  | first :: rest -> Char.is_letter first && List.all (fun c -> Char.is_alphanumeric c || c == '+' || c == '-' || c == '.') rest
  | [] -> False

private let parse_authority (authority : String) (url : Url) : Option Url =
  match String.last_index_of "@" authority
  | None -> parse_host authority url
  | Some at -> parse_host (String.drop (at + 1) authority) { url with user = Some (String.take at authority) }

// The colons of an address in brackets are not in front of a port.
private let parse_host (text : String) (url : Url) : Option Url =
  let bracket = match String.index_of "]" text | Some index -> index | None -> 0
  match String.index_of_from bracket ":" text
  | None -> Some { url with host = Some (String.to_lower text) }
  | Some colon ->
    let named = { url with host = Some (String.to_lower (String.take colon text)) }
    match String.drop (colon + 1) text
    | "" -> Some named
    | digits ->
      match Int.parse digits
      | Some port when port >= 0 && port <= 65535 && not_signed digits -> Some { named with port = Some port }
      | _ -> None

private let not_signed (digits : String) : Bool = String.all Char.is_digit digits

/// The address as text.
///
/// ```fx
/// Option.map Url.to_string (Url.parse "http://localhost:8000/a?b#c") == Some "http://localhost:8000/a?b#c"
/// ```
let to_string (url : Url) : String =
  let scheme = if url.scheme == "" then "" else "\(url.scheme):"
  String.concat [scheme, authority_text url, url.path, after "?" url.query, after "#" url.fragment]

private let authority_text (url : Url) : String =
  match url.host
  | None -> ""
  | Some host ->
    let user = match url.user | Some name -> "\(name)@" | None -> ""
    let port = match url.port | Some number -> ":\(number)" | None -> ""
    "//\(user)\(host)\(port)"

private let after (mark : String) (part : Option String) : String =
  match part
  | Some text -> mark ++ text
  | None -> ""

/// What an address means on the page at `base`.
///
/// ```fx
/// Option.map2 (fun base link -> Url.to_string (Url.resolve base link)) (Url.parse "http://h/a/b?c") (Url.parse "../d") == Some "http://h/d"
/// Option.map2 (fun base link -> Url.to_string (Url.resolve base link)) (Url.parse "http://h/a/b?c") (Url.parse "d#e") == Some "http://h/a/d#e"
/// ```
let resolve (base : Url) (link : Url) : Url =
  if link.scheme != "" then { link with path = without_dots link.path }
  else if link.host != None then { link with scheme = base.scheme, path = without_dots link.path }
  else
    let placed = { base with fragment = link.fragment }
    if link.path == "" then { placed with query = if link.query == None then base.query else link.query }
    else { placed with path = without_dots (beside base link.path), query = link.query }

private let beside (base : Url) (path : String) : String =
  if String.starts_with "/" path then path
  else
    match String.last_index_of "/" base.path
    | Some slash -> String.take (slash + 1) base.path ++ path
    | None -> if base.host == None then path else "/" ++ path

// RFC 3986, 5.2.4, by names instead of by characters.
private let without_dots (path : String) : String =
  let names = String.split "/" path
  let kept = List.reverse (List.fold keep_name [] names)
  let ends_open = List.last names == Some "." || List.last names == Some ".."
  String.join "/" (if ends_open then kept ++ [""] else kept)

// `kept` are the names so far, the last first; the "" in front of an absolute path stays.
private let keep_name (kept : List String) (name : String) : List String =
  match (name, kept)
  | (".", _) -> kept
  | ("..", []) -> kept
  | ("..", [""]) -> kept
  | ("..", _ :: rest) -> rest
  | _ -> name :: kept

// ---- Encoding ----

/// Text as it may stand in any part of an address: all but letters, digits and `-._~` becomes `%` and two digits.
///
/// ```fx
/// Url.encode "a b/ü" == "a%20b%2F%C3%BC"
/// ```
let encode (text : String) : String = String.concat (List.map encode_byte (String.bytes text))

private let encode_byte (byte : Int) : String =
  let text = String.from_bytes [byte]
  if String.contains text "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~" then text
  else "%" ++ String.pad_start 2 "0" (String.to_upper (Int.to_hex byte))

/// The text that was encoded; `None` where two hexadecimal digits are missing after a `%`.
///
/// ```fx
/// Url.decode "a%20b%2f" == Some "a b/"
/// Url.decode "100%" == None
/// ```
let decode (text : String) : Option String =
  match String.split "%" text
  | [] -> Some ""
  | plain :: encoded -> decode_onto [plain] encoded

private let decode_onto (done : List String) (pieces : List String) : Option String =
  match pieces
  | [] -> Some (String.concat (List.reverse done))
  | piece :: rest ->
    match (hex_digit 0 piece, hex_digit 1 piece)
    | (Some high, Some low) -> decode_onto (String.drop 2 piece :: String.from_bytes [16 * high + low] :: done) rest
    | _ -> None

private let hex_digit (index : Int) (piece : String) : Option Int =
  if index < String.length piece then Int.parse_base 16 (String.slice index (index + 1) piece) else None

/// The names and values of a query, decoded, `+` for a blank. What cannot be decoded stays as it is.
///
/// ```fx
/// Url.parse_query "q=f+x&lang=en&go" == [("q", "f x"), ("lang", "en"), ("go", "")]
/// Url.parse_query "" == []
/// ```
let parse_query (query : String) : List (String, String) =
  List.map parse_pair (List.filter (fun piece -> piece != "") (String.split "&" query))

private let parse_pair (piece : String) : (String, String) =
  match String.split_once "=" piece
  | Some (name, value) -> (decode_plus name, decode_plus value)
  | None -> (decode_plus piece, "")

private let decode_plus (text : String) : String =
  let spaced = String.replace "+" " " text
  match decode spaced
  | Some decoded -> decoded
  | None -> spaced

/// A query of these names and values, encoded.
///
/// ```fx
/// Url.to_query [("q", "f x"), ("lang", "en")] == "q=f%20x&lang=en"
/// ```
let to_query (pairs : List (String, String)) : String =
  String.join "&" (List.map (fun (name, value) -> encode name ++ "=" ++ encode value) pairs)
