/// The small words of HTTP's grammar (RFC 9110 5.6, RFC 9112 5): where a token ends, what a value may hold. For modules that read messages;
/// positions are bytes from 0, and `end` is one past the last.
import Bytes
import Int
import List
import Option
import String

/// Where a token that begins at `at` ends (RFC 9110 5.6.2); `at` itself when there is none.
///
/// ```fx
/// Grammar.skip_token "Host: x" 0 7 == 4
/// ```
let skip_token (text : String) (at : Int) (end : Int) : Int = Bytes.skip token_bytes at end text

private let token_bytes = Bytes.set is_token

/// Where a run of visible ASCII ends.
///
/// ```fx
/// Grammar.skip_visible "/a b" 0 4 == 2
/// ```
let skip_visible (text : String) (at : Int) (end : Int) : Int = Bytes.skip visible_bytes at end text

private let visible_bytes = Bytes.set is_visible

/// Where a field's value ends: anything but control characters; the tab is none of them here (RFC 9110 5.5).
///
/// ```fx
/// Grammar.skip_value "a \xe9\tb\0c" 0 7 == 5
/// ```
let skip_value (text : String) (at : Int) (end : Int) : Int = Bytes.skip value_bytes at end text

private let value_bytes = Bytes.set is_value

/// Where blanks and tabs end.
///
/// ```fx
/// Grammar.skip_blank " \ta" 0 3 == 2
/// ```
let skip_blank (text : String) (at : Int) (end : Int) : Int =
  if at < end && is_blank (String.byte_or_minus at text) then skip_blank text (at + 1) end else at

/// Where a value from `at` to `end` ends when the blanks after it are left out.
///
/// ```fx
/// Grammar.trim_end "a \t" 0 3 == 1
/// ```
let trim_end (text : String) (at : Int) (end : Int) : Int =
  if end > at && is_blank (String.byte_or_minus (end - 1) text) then trim_end text at (end - 1) else end

/// Where a run of decimal digits ends.
///
/// ```fx
/// Grammar.skip_digits "12-" 0 3 == 2
/// ```
let skip_digits (text : String) (at : Int) (end : Int) : Int = Bytes.skip digits at end text

private let digits = Bytes.set is_digit

/// Where a run of hexadecimal digits ends.
///
/// ```fx
/// Grammar.skip_hex "1fg" 0 3 == 2
/// ```
let skip_hex (text : String) (at : Int) (end : Int) : Int =
  if at < end && hex_value (String.byte_or_minus at text) >= 0 then skip_hex text (at + 1) end else at

/// Where a run of the digit 0 ends.
///
/// ```fx
/// Grammar.skip_zeros "001" 0 3 == 2
/// ```
let skip_zeros (text : String) (at : Int) (end : Int) : Int =
  if at < end && String.byte_or_minus at text == 48 then skip_zeros text (at + 1) end else at

/// A number of decimal digits only, no sign, and not more of them than surely fit an Int: eighteen, zeros in front not counted.
///
/// ```fx
/// Grammar.parse_digits "0123" == Some 123
/// Grammar.parse_digits "9999999999999999999" == None
/// Grammar.parse_digits "+3" == None
/// Grammar.parse_digits "" == None
/// ```
let parse_digits (text : String) : Option Int =
  let length = String.length text
  if length == 0 || skip_digits text 0 length != length then None
  else if length > 18 && length - skip_zeros text 0 length > 18 then None
  else Some (digits_value text 0 length 0)

private let digits_value (text : String) (at : Int) (end : Int) (so_far : Int) : Int =
  if at == end then so_far else digits_value text (at + 1) end (so_far * 10 + String.byte_or_minus at text - 48)

/// The value of a hexadecimal digit, or -1.
///
/// ```fx
/// Grammar.hex_value 102 == 15
/// Grammar.hex_value 103 == -1
/// ```
let hex_value (byte : Int) : Int =
  if is_digit byte then byte - 48
  else if byte >= 97 && byte <= 102 then byte - 87
  else if byte >= 65 && byte <= 70 then byte - 55
  else -1

/// Whether a text can stand for a host and its port: a name or an address, perhaps empty, then perhaps a colon and digits
/// (RFC 9110 7.2, RFC 3986 3.2.2).
///
/// ```fx
/// Grammar.is_authority "localhost:8000"
/// Grammar.is_authority "[::1]:80"
/// Grammar.is_authority "[::1::]" == False
/// Grammar.is_authority "a:b" == False
/// Grammar.is_authority "user@host" == False
/// ```
let is_authority (text : String) : Bool = is_authority_at text 0 (String.length text)

/// The same of the text from `at` to `end`.
///
/// ```fx
/// Grammar.is_authority_at "Host: a:80" 6 10
/// ```
let is_authority_at (text : String) (at : Int) (end : Int) : Bool =
  if at < end && String.byte_or_minus at text == 91 then
    match String.index_of_from at "]" text
    | Some close when close < end -> is_address (String.slice (at + 1) close text) && is_port text (close + 1) end
    | _ -> False
  else is_port text (skip_name text at end) end

private let is_port (text : String) (at : Int) (end : Int) : Bool =
  at == end || String.byte_or_minus at text == 58 && skip_digits text (at + 1) end == end

private let skip_name (text : String) (at : Int) (end : Int) : Int =
  let stop = Bytes.skip name_bytes at end text
  if String.byte_or_minus stop text == 37 && stop + 3 <= end && skip_hex text (stop + 1) (stop + 3) == stop + 3 then skip_name text (stop + 3) end
  else stop

private let name_bytes = Bytes.set is_name

// What stands between brackets (RFC 3986 3.2.2): an address of IPv6, or `v`, a version and an address of times to come.
private let is_address (address : String) : Bool =
  if String.starts_with_from_ignoring_case 0 "v" address then is_future address
  else
    match String.split_once "::" address
    | None -> count_groups address == Some 8
    | Some (before, after) ->
      match (count_groups before, count_groups after)
      | (Some before_it, Some after_it) -> not (String.contains "." before) && before_it + after_it < 8
      | _ -> False

private let is_future (address : String) : Bool =
  let end = String.length address
  let dot = skip_hex address 1 end
  dot > 1 && String.byte_or_minus dot address == 46 && dot + 1 < end && skip_future address (dot + 1) end == end

private let skip_future (text : String) (at : Int) (end : Int) : Int =
  if at < end && (is_name (String.byte_or_minus at text) || String.byte_or_minus at text == 58) then skip_future text (at + 1) end else at

// Of sixteen bits each; an address of IPv4 at the end counts as two. None: these are no groups.
private let count_groups (text : String) : Option Int = if text == "" then Some 0 else count_pieces (String.split ":" text)

private let count_pieces (pieces : List String) : Option Int =
  match pieces
  | [] -> Some 0
  | [last] when is_ipv4 last -> Some 2
  | piece :: rest when is_group piece -> Option.map (fun count -> count + 1) (count_pieces rest)
  | _ -> None

private let is_group (text : String) : Bool =
  let length = String.length text
  length > 0 && length <= 4 && skip_hex text 0 length == length

private let is_ipv4 (text : String) : Bool =
  let octets = String.split "." text
  List.length octets == 4 && List.all is_octet octets

private let is_octet (text : String) : Bool =
  match parse_digits text
  | Some value -> value < 256 && text == Int.to_string value
  | None -> False

test "addresses of IPv6" =
  List.all (fun text -> is_authority "[\(text)]") ["::", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.1", "fe80::1:2", "1:2:3:4:5:6:192.0.2.1", "v1f.a:b"] &&
    not (List.any (fun text -> is_authority "[\(text)]") ["", ":", "1", ":::", "1::2::3", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "12345::", "::256.0.0.1",
      "::1.2.3", "::01.2.3.4", "1.2.3.4::", "v.a", "v1", "v1.", "zz"])

// unreserved and sub-delims of RFC 3986.
private let is_name (byte : Int) : Bool =
  is_letter byte || is_digit byte ||
    (match byte
    | 45 | 46 | 95 | 126 | 33 | 36 | 38 | 39 | 40 | 41 | 42 | 43 | 44 | 59 | 61 -> True
    | _ -> False)

private let is_digit (byte : Int) : Bool = byte >= 48 && byte <= 57

private let is_letter (byte : Int) : Bool = byte >= 97 && byte <= 122 || byte >= 65 && byte <= 90

private let is_token (byte : Int) : Bool =
  is_letter byte || byte == 45 || is_digit byte ||
    (match byte
    | 33 | 35 | 36 | 37 | 38 | 39 | 42 | 43 | 46 | 94 | 95 | 96 | 124 | 126 -> True
    | _ -> False)

private let is_visible (byte : Int) : Bool = byte > 32 && byte < 127

private let is_value (byte : Int) : Bool = byte >= 32 && byte != 127 || byte == 9

private let is_blank (byte : Int) : Bool = byte == 32 || byte == 9
