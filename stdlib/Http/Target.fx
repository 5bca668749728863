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
  if String.starts_with "/" target then
    if is_plain target 0 then Inside (String.drop 1 target) else resolve_path target
  else resolve_absolute target

private let resolve_absolute (target : String) : Target =
  match String.split_once "://" target
  | Some (scheme, rest) when is_web (String.to_lower scheme) ->
    let slash = Option.with_default (String.length rest) (String.index_of "/" rest)
    let authority_end = Int.min slash (Option.with_default slash (String.index_of "?" rest))
    // A user in front of the host has no business in a request (RFC 9110 4.2.4).
    if authority_end == 0 || not (Grammar.is_authority (String.take authority_end rest)) then Nonsense
    else resolve_path (if authority_end == slash then String.drop slash rest else String.drop authority_end rest)
  | _ -> Nonsense

private let is_web (scheme : String) : Bool = scheme == "http" || scheme == "https"

/// A path that needs no second look: no percent sign, no query, no control character, and after each slash a letter or a digit. Most are like this.
private let is_plain (target : String) (at : Int) : Bool =
  let end = Bytes.skip plain_bytes at (String.length target) target
  end == String.length target ||
    String.byte_or_minus end target == 47 && (end + 1 == String.length target || is_name_start (String.byte_or_minus (end + 1) target) && is_plain target (end + 1))

private let plain_bytes = Bytes.set (fun byte -> byte > 32 && byte != 37 && byte != 63 && byte != 35 && byte != 47)

private let is_name_start (byte : Int) : Bool =
  byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57 || byte == 95

private let resolve_path (target : String) : Target =
  // A fragment is the client's own business (RFC 9112 3.2.1).
  if String.contains "#" target then Nonsense
  else
    match Option.all (List.map decode (String.split "/" (String.drop 1 (path target))))
    | None -> Nonsense
    | Some names -> walk names []

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
private let walk (names : List String) (above : List String) : Target =
  match names
  | [] -> Inside (String.join "/" (List.reverse above))
  | [""] | ["."] -> Inside (folder above)
  | "" :: rest | "." :: rest -> walk rest above
  | ".." :: rest ->
    match (above, rest)
    | ([], _) -> Nonsense
    | (_ :: outer, []) -> Inside (folder outer)
    | (_ :: outer, _) -> walk rest outer
  | name :: rest ->
    if String.starts_with "." name && name != ".well-known" then Hidden
    else walk rest (name :: above)

private let folder (above : List String) : String =
  match above
  | [] -> ""
  | _ -> String.join "/" (List.reverse above) ++ "/"

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
