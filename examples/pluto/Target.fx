/// From the target of a request to a path below the site's folder. Pure; what the path leads to is the business of `Site`.
import List
import String

type Target =
  | Inside String  // relative to the folder, without `.` and `..`; empty or ending in `/` for a folder
  | Hidden         // a name that begins with a dot
  | Nonsense       // no path, or one that climbs out of the folder

/// What `target` asks for: `/tour/` or `http://host/tour/`, perhaps with a query (RFC 9112 3.2). Percent signs are decoded once.
let resolve (target : String) : Target =
  if String.starts_with "/" target then
    if is_plain target 0 then Inside (String.drop 1 target) else resolve_path target
  else
    match String.index_of "://" target
    | Some 4 | Some 5 -> resolve_absolute target
    | _ -> Nonsense

private let resolve_absolute (target : String) : Target =
  match String.split_once "://" target
  | None -> Nonsense
  | Some (scheme, rest) ->
    let known = String.to_lower scheme == "http" || String.to_lower scheme == "https"
    match String.index_of "/" rest
    | Some 0 | None -> if known && rest != "" && rest != "/" then Inside "" else Nonsense
    | Some slash -> if known then resolve_path (String.drop slash rest) else Nonsense

/// A path that needs no second look: no percent sign, no query, and after each slash a letter or a digit. Most are like this.
private let is_plain (target : String) (at : Int) : Bool =
  at == String.length target ||
    (match String.byte_or_minus at target
    | 37 | 63 | 35 -> False
    | 47 -> (at + 1 == String.length target || is_name_start (String.byte_or_minus (at + 1) target)) && is_plain target (at + 1)
    | _ -> is_plain target (at + 1))

private let is_name_start (byte : Int) : Bool =
  byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90 || byte >= 48 && byte <= 57 || byte == 95

private let resolve_path (target : String) : Target =
  let path =
    match String.split_once "?" target
    | Some (path, _) -> path
    | None -> target
  if String.contains "#" path then Nonsense
  else
    match decode_all (String.split "/" (String.drop 1 path))
    | None -> Nonsense
    | Some names -> walk names []

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

private let decode_all (names : List String) : Option (List String) =
  match names
  | [] -> Some []
  | name :: rest ->
    match (decode name, decode_all rest)
    | (Some name, Some rest) -> Some (name :: rest)
    | _ -> None

/// One name of a path. None for a percent sign without two hexadecimal digits, and for NUL and `/`, which no file's name can hold.
let decode (name : String) : Option String =
  match String.split "%" name
  | [] -> Some ""
  | plain :: coded -> decode_rest coded plain

private let decode_rest (coded : List String) (so_far : String) : Option String =
  match coded
  | [] -> Some so_far
  | piece :: rest ->
    if String.length piece < 2 then None
    else
      match (hexadecimal (String.byte_or_minus 0 piece), hexadecimal (String.byte_or_minus 1 piece))
      | (Some high, Some low) ->
        let byte = high * 16 + low
        if byte == 0 || byte == 47 then None
        else decode_rest rest (so_far ++ String.from_bytes [byte] ++ String.drop 2 piece)
      | _ -> None

/// A path as it stands in an address: letters, digits and `-._~/` as they are, all else with percent signs (RFC 3986 2.3).
let encode (path : String) : String =
  let walk at so_far =
    if at == String.length path then so_far
    else
      let byte = String.byte_or_minus at path
      if is_name_start byte || byte >= 45 && byte <= 47 || byte == 126 then walk (at + 1) (so_far ++ String.from_bytes [byte])
      else walk (at + 1) (so_far ++ "%" ++ digit (byte / 16) ++ digit (byte % 16))
  walk 0 ""

private let digit (n : Int) : String = String.slice n (n + 1) "0123456789ABCDEF"

private let hexadecimal (byte : Int) : Option Int =
  if byte >= 48 && byte <= 57 then Some (byte - 48)
  else if byte >= 97 && byte <= 102 then Some (byte - 87)
  else if byte >= 65 && byte <= 70 then Some (byte - 55)
  else None
