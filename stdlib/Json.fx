/// JSON (RFC 8259).

import Char
import Float
import Int
import List
import String

/// A JSON value. A number without fraction and exponent that fits is an `Int`. The members of an object are in the order of the text.
type Json =
  | Null
  | Bool Bool
  | Int Int
  | Float Float
  | Text String
  | Array (List Json)
  | Object (List (String, Json))

/// Why a text is no JSON: where, in characters, and what would have been right there.
type Error = { line : Int, column : Int, expected : String }

// ---- Reading ----

/// Reads a text that is one JSON value.
///
/// ```fx
/// Json.parse "[1, true, null]" == Ok (Json.Array [Json.Int 1, Json.Bool True, Json.Null])
/// Json.parse "{\"a\": 1.5}" == Ok (Json.Object [("a", Json.Float 1.5)])
/// Result.map_error Json.message (Json.parse "[1,]") == Err "line 1, column 4: expected a value"
/// ```
let parse (text : String) : Result Json Error =
  if not (String.is_utf8 text) then Err { line = 1, column = 1, expected = "text in UTF-8" }
  else
    match parse_value text (skip_space text 0)
    | Wrong expected at -> Err (error_at expected at text)
    | Read json at ->
      let stop = skip_space text at
      if stop == String.length text then Ok json else Err (error_at "the end" stop text)

/// The error in one line.
///
/// ```fx
/// Json.message { line = 2, column = 7, expected = "a value" } == "line 2, column 7: expected a value"
/// ```
let message (error : Error) : String = "line \(error.line), column \(error.column): expected \(error.expected)"

private let error_at (expected : String) (at : Int) (text : String) : Error =
  let before = String.take at text
  let line_start = match String.last_index_of "\n" before | Some index -> index + 1 | None -> 0
  { line = String.count "\n" before + 1, column = String.count_chars (String.drop line_start before) + 1, expected }

// What was read and where it ended, or what was expected and where.
opaque type Outcome a =
  | Read a Int
  | Wrong String Int

private let byte (text : String) (at : Int) : Int = String.byte_or_minus at text

private let skip_space (text : String) (at : Int) : Int =
  match byte text at
  | 32 | 9 | 10 | 13 -> skip_space text (at + 1)
  | _ -> at

private let parse_value (text : String) (at : Int) : Outcome Json =
  match byte text at
  | 123 -> parse_members text (skip_space text (at + 1))
  | 91 -> parse_items text (skip_space text (at + 1))
  | 34 ->
    match parse_text text (at + 1)
    | Read string stop -> Read (Text string) stop
    | Wrong expected stop -> Wrong expected stop
  | 116 -> parse_word "true" (Bool True) text at
  | 102 -> parse_word "false" (Bool False) text at
  | 110 -> parse_word "null" Null text at
  | c -> if c == 45 || is_digit c then parse_number text at else Wrong "a value" at

private let parse_word (word : String) (json : Json) (text : String) (at : Int) : Outcome Json =
  let stop = at + String.length word
  if String.slice at stop text == word then Read json stop else Wrong "a value" at

// After `[` and what space there is.
private let parse_items (text : String) (at : Int) : Outcome Json =
  if byte text at == 93 then Read (Array []) (at + 1) else parse_items_onto [] text at

private let parse_items_onto (done : List Json) (text : String) (at : Int) : Outcome Json =
  match parse_value text at
  | Wrong expected stop -> Wrong expected stop
  | Read item stop ->
    let next = skip_space text stop
    match byte text next
    | 44 -> parse_items_onto (item :: done) text (skip_space text (next + 1))
    | 93 -> Read (Array (List.reverse (item :: done))) (next + 1)
    | _ -> Wrong "`,` or `]`" next

// After `{` and what space there is.
private let parse_members (text : String) (at : Int) : Outcome Json =
  if byte text at == 125 then Read (Object []) (at + 1) else parse_members_onto [] text at

private let parse_members_onto (done : List (String, Json)) (text : String) (at : Int) : Outcome Json =
  match parse_member text at
  | Wrong expected stop -> Wrong expected stop
  | Read member stop ->
    let next = skip_space text stop
    match byte text next
    | 44 -> parse_members_onto (member :: done) text (skip_space text (next + 1))
    | 125 -> Read (Object (List.reverse (member :: done))) (next + 1)
    | _ -> Wrong "`,` or `}`" next

private let parse_member (text : String) (at : Int) : Outcome (String, Json) =
  if byte text at != 34 then Wrong "a name in quotes" at
  else
    match parse_text text (at + 1)
    | Wrong expected stop -> Wrong expected stop
    | Read name stop ->
      let colon = skip_space text stop
      if byte text colon != 58 then Wrong "`:`" colon
      else
        match parse_value text (skip_space text (colon + 1))
        | Wrong expected value_stop -> Wrong expected value_stop
        | Read json value_stop -> Read (name, json) value_stop

// ---- Reading numbers ----

private let is_digit (c : Int) : Bool = c >= 48 && c <= 57

private let skip_digits (text : String) (at : Int) : Int = if is_digit (byte text at) then skip_digits text (at + 1) else at

private let parse_number (text : String) (at : Int) : Outcome Json =
  let first = if byte text at == 45 then at + 1 else at
  let whole = if byte text first == 48 then first + 1 else skip_digits text first
  let fraction = if byte text whole == 46 then skip_digits text (whole + 1) else whole
  let stop = skip_exponent text fraction
  if whole == first || fraction == whole + 1 || not_ended_by_digit text stop then Wrong "a digit" stop
  else if stop == whole && whole - first <= 18 then
    let size = read_digits text first whole 0
    Read (Int (if first == at then size else -size)) stop
  else Read (number (String.slice at stop text) (stop == whole)) stop

// So few that they fit.
private let read_digits (text : String) (at : Int) (stop : Int) (above : Int) : Int =
  if at == stop then above else read_digits text (at + 1) stop (above * 10 + (byte text at - 48))

private let skip_exponent (text : String) (at : Int) : Int =
  match byte text at
  | 101 | 69 ->
    let sign = byte text (at + 1)
    skip_digits text (if sign == 43 || sign == 45 then at + 2 else at + 1)
  | _ -> at

// The exponent has no digit.
private let not_ended_by_digit (text : String) (stop : Int) : Bool = not (is_digit (byte text (stop - 1)))

private let number (digits : String) (is_whole : Bool) : Json =
  match (if is_whole then Int.parse digits else None)
  | Some whole -> Int whole
  | None ->
    match Float.parse digits
    | Some float -> Float float
    | None -> Null

// ---- Reading text ----

// After the opening quote.
private let parse_text (text : String) (at : Int) : Outcome String = parse_text_onto "" text at

private let parse_text_onto (done : String) (text : String) (at : Int) : Outcome String =
  let stop = skip_plain text at
  let read = done ++ String.slice at stop text
  match byte text stop
  | 34 -> Read read (stop + 1)
  | 92 ->
    match parse_escape text (stop + 1)
    | Read piece next -> parse_text_onto (read ++ piece) text next
    | Wrong expected where -> Wrong expected where
  | _ -> Wrong "the closing quote" stop

// To the first quote, backslash or control character, or to the end.
private let skip_plain (text : String) (at : Int) : Int =
  let c = byte text at
  if c < 32 || c == 34 || c == 92 then at else skip_plain text (at + 1)

private let parse_escape (text : String) (at : Int) : Outcome String =
  match byte text at
  | 34 -> Read "\"" (at + 1)
  | 92 -> Read "\\" (at + 1)
  | 47 -> Read "/" (at + 1)
  | 98 -> Read "\x08" (at + 1)
  | 102 -> Read "\x0c" (at + 1)
  | 110 -> Read "\n" (at + 1)
  | 114 -> Read "\r" (at + 1)
  | 116 -> Read "\t" (at + 1)
  | 117 -> parse_unit text (at + 1)
  | _ -> Wrong "an escape" at

// Four digits, and four more where two halves make one character. A half alone becomes U+FFFD.
private let parse_unit (text : String) (at : Int) : Outcome String =
  match (unit_at text at, low_half_at text (at + 4))
  | (None, _) -> Wrong "four hexadecimal digits" at
  | (Some high, Some low) when high >= 0xd800 && high < 0xdc00 ->
    Read (scalar_text (0x10000 + (high - 0xd800) * 0x400 + (low - 0xdc00))) (at + 10)
  | (Some unit, _) -> Read (scalar_text unit) (at + 4)

private let low_half_at (text : String) (at : Int) : Option Int =
  if byte text at != 92 || byte text (at + 1) != 117 then None
  else
    match unit_at text (at + 2)
    | Some low when low >= 0xdc00 && low < 0xe000 -> Some low
    | _ -> None

private let unit_at (text : String) (at : Int) : Option Int =
  let digits = String.slice at (at + 4) text
  if String.length digits == 4 && is_digit_or_letter (byte digits 0) then Int.parse_base 16 digits else None

private let is_digit_or_letter (c : Int) : Bool = is_digit c || c >= 65

private let scalar_text (scalar : Int) : String =
  match Char.of_int scalar
  | Some c -> "\(c)"
  | None -> "\u{FFFD}"

// ---- Writing ----

/// The shortest JSON text, on one line. A Float that is not a number, or infinite, becomes `null`; what is not UTF-8 in a text, U+FFFD.
///
/// ```fx
/// Json.to_string (Json.Array [Json.Int 1, Json.Text "a\n"]) == "[1,\"a\\n\"]"
/// ```
let to_string (json : Json) : String = write "" json

// Appends to `done`, which nobody else has: it grows where it is.
private let write (done : String) (json : Json) : String =
  match json
  | Null -> done ++ "null"
  | Bool True -> done ++ "true"
  | Bool False -> done ++ "false"
  | Int n -> done ++ "\(n)"
  | Float x -> done ++ (if Float.is_finite x then "\(x)" else "null")
  | Text text -> quote done text
  | Array [] -> done ++ "[]"
  | Array items -> write_items "[" done items ++ "]"
  | Object [] -> done ++ "{}"
  | Object members -> write_members "{" done members ++ "}"

private let write_items (mark : String) (done : String) (items : List Json) : String =
  match items
  | [] -> done
  | item :: rest -> write_items "," (write (done ++ mark) item) rest

private let write_members (mark : String) (done : String) (members : List (String, Json)) : String =
  match members
  | [] -> done
  | (name, json) :: rest -> write_members "," (write (quote (done ++ mark) name ++ ":") json) rest

/// JSON text for people: one item or member a line, two blanks deeper than what holds it.
///
/// ```fx
/// Json.pretty (Json.Object [("a", Json.Array [Json.Int 1])]) == "{\n  \"a\": [\n    1\n  ]\n}"
/// ```
let pretty (json : Json) : String = write_pretty "\n" "" json

// `line` is an end of line and the indentation after it.
private let write_pretty (line : String) (done : String) (json : Json) : String =
  match json
  | Array (_ :: _ as items) -> write_pretty_items "[" (line ++ "  ") done items ++ line ++ "]"
  | Object (_ :: _ as members) -> write_pretty_members "{" (line ++ "  ") done members ++ line ++ "}"
  | _ -> write done json

private let write_pretty_items (mark : String) (line : String) (done : String) (items : List Json) : String =
  match items
  | [] -> done
  | item :: rest -> write_pretty_items "," line (write_pretty line (done ++ mark ++ line) item) rest

private let write_pretty_members (mark : String) (line : String) (done : String) (members : List (String, Json)) : String =
  match members
  | [] -> done
  | (name, json) :: rest ->
    write_pretty_members "," line (write_pretty line (quote (done ++ mark ++ line) name ++ ": ") json) rest

private let quote (done : String) (text : String) : String = quote_from 0 (done ++ "\"") (as_utf8 text) ++ "\""

private let as_utf8 (text : String) : String = if String.is_utf8 text then text else String.from_chars (String.chars text)

private let quote_from (start : Int) (done : String) (text : String) : String =
  let stop = skip_plain text start
  let plain = done ++ String.slice start stop text
  if stop == String.length text then plain else quote_from (stop + 1) (plain ++ escape (byte text stop)) text

private let escape (c : Int) : String =
  match c
  | 34 -> "\\\""
  | 92 -> "\\\\"
  | 10 -> "\\n"
  | 13 -> "\\r"
  | 9 -> "\\t"
  | _ -> "\\u" ++ String.pad_start 4 "0" (Int.to_hex c)

// ---- Looking inside ----

/// The member of an object; of several with the same name the last.
///
/// ```fx
/// Json.get "a" (Json.Object [("a", Json.Int 1)]) == Some (Json.Int 1)
/// Json.get "a" Json.Null == None
/// ```
let get (name : String) (json : Json) : Option Json =
  match json
  | Object members -> List.fold (fun found (other, member) -> if other == name then Some member else found) None members
  | _ -> None

/// The member of a member, and so on.
///
/// ```fx
/// Json.at ["a", "b"] (Json.Object [("a", Json.Object [("b", Json.Int 1)])]) == Some (Json.Int 1)
/// ```
let at (names : List String) (json : Json) : Option Json =
  match names
  | [] -> Some json
  | name :: rest ->
    match get name json
    | Some member -> at rest member
    | None -> None

/// The item of an array.
///
/// ```fx
/// Json.item 1 (Json.Array [Json.Null, Json.Int 1]) == Some (Json.Int 1)
/// ```
let item (index : Int) (json : Json) : Option Json =
  match json
  | Array items -> List.get index items
  | _ -> None

/// The text, if it is one.
///
/// ```fx
/// Json.as_text (Json.Text "a") == Some "a"
/// ```
let as_text (json : Json) : Option String =
  match json
  | Text text -> Some text
  | _ -> None

/// The integer, if it is one; a number such as `1.0` is one too.
///
/// ```fx
/// Json.as_int (Json.Float 1.0) == Some 1
/// Json.as_int (Json.Float 1.5) == None
/// ```
let as_int (json : Json) : Option Int =
  match json
  | Int n -> Some n
  | Float x when Float.trunc x == x -> Float.to_int x
  | _ -> None

/// The number, if it is one.
///
/// ```fx
/// Json.as_float (Json.Int 1) == Some 1.0
/// ```
let as_float (json : Json) : Option Float =
  match json
  | Int n -> Some (Float.of_int n)
  | Float x -> Some x
  | _ -> None

/// The truth value, if it is one.
///
/// ```fx
/// Json.as_bool (Json.Bool True) == Some True
/// ```
let as_bool (json : Json) : Option Bool =
  match json
  | Bool b -> Some b
  | _ -> None

/// The items, if it is an array.
///
/// ```fx
/// Json.as_list (Json.Array [Json.Null]) == Some [Json.Null]
/// ```
let as_list (json : Json) : Option (List Json) =
  match json
  | Array items -> Some items
  | _ -> None
