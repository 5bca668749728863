/// From the target of a request to a path below a folder, and back. Pure: nothing here looks at the disk.
import Bytes
import Http.Grammar as Grammar
import Int
import List
import Option
import String
import Url

/// Where the path of a request leads.
type Target =
  | Inside String  // relative to the folder, without `.` and `..`; empty or ending in `/` for a folder
  | Hidden         // a name that begins with a dot
  | Nonsense       // no path, or one that climbs out of the folder

/// What `target` asks for: `/tour/` or `http://host/tour/`, perhaps with a query (RFC 9112 3.2). Percent signs are decoded once, each
/// name for itself, so that no decoded byte is taken for a dot segment's slash; then dots are walked (RFC 3986 5.2.4).
///
/// ```fx
/// Target.resolve "/tour/?page=1" == Target.Inside "tour/"
/// Target.resolve "/a%20b/../c.html" == Target.Inside "c.html"
/// Target.resolve "http://localhost/c.html" == Target.Inside "c.html"
/// Target.resolve "/%2e%2e/secret" == Target.Nonsense
/// Target.resolve "/.git/config" == Target.Hidden
/// Target.resolve "/100%2525" == Target.Inside "100%25"
/// ```
let resolve (target : String) : Target =
  if String.starts_with "/" target && is_plain target 0 then Inside (String.drop 1 target)
  else
    match names target
    | None -> Nonsense
    | Some names -> if List.any is_hidden names then Hidden else Inside (String.join "/" names)

/// The names on the path of a target, decoded, without `.` and `..`; a slash at its end is an empty name, the last. None for what `resolve` calls
/// nonsense.
///
/// ```fx
/// Target.names "/notes/a%20b?page=1" == Some ["notes", "a b"]
/// Target.names "/notes/" == Some ["notes", ""]
/// Target.names "/" == Some []
/// Target.names "/../secret" == None
/// ```
let names (target : String) : Option (List String) =
  if String.starts_with "/" target then names_of_path target else Option.and_then names_of_path (path_of_absolute target)

private let path_of_absolute (target : String) : Option String =
  match String.split_once "://" target
  | Some (scheme, rest) when is_web (String.to_lower scheme) ->
    let slash = Option.with_default (String.length rest) (String.index_of "/" rest)
    let authority_end = Int.min slash (Option.with_default slash (String.index_of "?" rest))
    // A user in front of the host has no business in a request (RFC 9110 4.2.4).
    if authority_end == 0 || not (Grammar.is_authority (String.take authority_end rest)) then None
    else Some (if authority_end == slash then String.drop slash rest else String.drop authority_end rest)
  | _ -> None

private let is_web (scheme : String) : Bool = scheme == "http" || scheme == "https"

/// A path that needs no second look: no percent sign, no query, no control character, and after each slash a letter or a digit. Most are like this.
private let is_plain (target : String) (at : Int) : Bool =
  let end = Bytes.skip plain_bytes at (String.length target) target
  end == String.length target ||
    String.byte_or_minus end target == 47 && (end + 1 == String.length target || is_name_start (String.byte_or_minus (end + 1) target) && is_plain target (end + 1))

private let plain_bytes = Bytes.set (fun byte -> byte > 32 && byte != 37 && byte != 63 && byte != 35 && byte != 47)

private let is_name_start (byte : Int) : Bool =
  byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57 || byte == 95

private let names_of_path (target : String) : Option (List String) =
  // A fragment is the client's own business (RFC 9112 3.2.1).
  if String.contains "#" target then None
  else Option.and_then (walk []) (Option.all (List.map decode (String.split "/" (String.drop 1 (path target)))))

/// A target without its query.
///
/// ```fx
/// Target.path "/find?q=fx" == "/find"
/// ```
let path (target : String) : String =
  match String.split_once "?" target
  | Some (path, _) -> path
  | None -> target

/// The query of a target, with its question mark; "" when there is none.
///
/// ```fx
/// Target.query "/find?q=fx" == "?q=fx"
/// Target.query "/find" == ""
/// ```
let query (target : String) : String = String.drop (String.length (path target)) target

/// Goes down the names; `above` are the folders on the way, the last first (RFC 3986 5.2.4).
private let walk (above : List String) (names : List String) : Option (List String) =
  match names
  | [] -> Some (List.reverse above)
  | [""] | ["."] -> Some (folder above)
  | "" :: rest | "." :: rest -> walk above rest
  | ".." :: rest ->
    match (above, rest)
    | ([], _) -> None
    | (_ :: outer, []) -> Some (folder outer)
    | (_ :: outer, _) -> walk outer rest
  | name :: rest -> walk (name :: above) rest

private let folder (above : List String) : List String =
  match above
  | [] -> []
  | _ -> List.reverse ("" :: above)

private let is_hidden (name : String) : Bool = String.starts_with "." name && name != ".well-known"

/// One name of a path. None for a percent sign without two hexadecimal digits, and for NUL and `/`, which no file's name can hold.
private let decode (name : String) : Option String =
  match Url.decode name
  | Some decoded when not (String.contains "\0" decoded || String.contains "/" decoded) -> Some decoded
  | _ -> None

/// A path as it stands in an address.
///
/// ```fx
/// Target.encode "a b/100%.html" == "a%20b/100%25.html"
/// ```
let encode (path : String) : String = String.join "/" (List.map Url.encode (String.split "/" path))
