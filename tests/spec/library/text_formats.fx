// What is written reads back: Bytes, Base64, Url, Json, Mime, Time, Path, Args, for any values.
import Args
import Base64
import Bytes
import Float
import Int
import Json
import List
import Mime
import Option
import Path
import Result
import Show
import String
import Time
import Url

let any_bytes (numbers : List Int) : String = String.from_bytes numbers

test "hexadecimal" (numbers : List Int) (text : String) =
  let bytes = any_bytes numbers
  Bytes.from_hex (Bytes.to_hex bytes) == Some bytes && Bytes.from_hex (String.to_upper (Bytes.to_hex bytes)) == Some bytes
    && (match Bytes.from_hex text | Some read -> Bytes.to_hex read == String.to_lower text | None -> True)
test "numbers in bytes" (n : Int) (size : Int) (order : Bytes.Order) when size >= 1 && size <= 8 =
  let written = Bytes.write order size n
  let kept = Int.shift_right (64 - 8 * size) (Int.shift_left (64 - 8 * size) n)
  String.length written == size && Bytes.read_signed order size 0 written == Some kept && Bytes.read order size 3 ("abc" ++ written) == Bytes.read order size 0 written
    && Bytes.read order size 1 written == None && Bytes.write Bytes.Little size n == String.from_bytes (List.reverse (String.bytes (Bytes.write Bytes.Big size n)))
test "bytes one by one" (numbers : List Int) =
  let bytes = any_bytes numbers
  Bytes.map (fun byte -> byte) bytes == bytes && Bytes.fold (fun done byte -> byte :: done) [] bytes == List.reverse (String.bytes bytes)
test "secrets" (left : String) (right : String) = Bytes.equal_secret left right == (left == right) && Bytes.equal_secret left left

test "base 64" (numbers : List Int) (text : String) =
  let bytes = any_bytes numbers
  Base64.decode (Base64.encode bytes) == Some bytes && Base64.decode_url (Base64.encode_url bytes) == Some bytes
    && String.length (Base64.encode bytes) == (String.length bytes + 2) / 3 * 4
    && Base64.encode_url bytes == String.replace "+" "-" (String.replace "/" "_" (String.replace "=" "" (Base64.encode bytes)))
    && (match Base64.decode text | Some read -> Base64.encode read == text | None -> True)
    && (match Base64.decode_url text | Some read -> Base64.encode_url read == text | None -> True)

test "encoded for an address" (numbers : List Int) (text : String) =
  let bytes = any_bytes numbers
  Url.decode (Url.encode bytes) == Some bytes && Url.parse (Url.encode bytes) != None && Url.decode (Url.encode text) == Some text
test "a query" (pairs : List (String, String)) when List.all (fun (name, value) -> name != "" || value != "") pairs = Url.parse_query (Url.to_query pairs) == pairs
test "an address" (text : String) (path : String) (query : Option String) (port : Int) when port >= 0 && port <= 65535 =
  let address = "http://host:\(port)/\(Url.encode path)\(match query | Some q -> "?" ++ Url.encode q | None -> "")"
  Option.map Url.to_string (Url.parse address) == Some address
    && Option.and_then (fun url -> url.query) (Url.parse address) == Option.map Url.encode query
    && (match Url.parse text | Some url -> Url.parse (Url.to_string url) == Some url | None -> True)

let is_json (json : Json) : Bool =
  match json
  | Json.Text text -> String.is_utf8 text
  | Json.Float x -> Float.is_finite x
  | Json.Array items -> List.all is_json items
  | Json.Object members -> List.all (fun (name, member) -> String.is_utf8 name && is_json member) members
  | _ -> True

test "JSON" (json : Json) =
  match (Json.parse (Json.to_string json), Json.parse (Json.pretty json))
  | (Ok read, Ok also) -> read == also && (read == json || not (is_json json)) && Json.to_string read == Json.to_string json
  | _ -> False
test "JSON of any text" (numbers : List Int) =
  let text = any_bytes numbers
  Json.parse (Json.to_string (Json.Text text)) == Ok (Json.Text (if String.is_utf8 text then text else String.from_chars (String.chars text)))
test "what is read as JSON is written" (text : String) =
  match Json.parse text
  | Ok json -> Json.parse (Json.to_string json) == Ok json || not (is_json json)
  | Err error -> error.line >= 1 && error.column >= 1

test "a media type" (kind : String) (value : String) (name : String) =
  let word text = "a" ++ String.filter (fun c -> c >= 'a' && c <= 'z') text
  let mime = { kind = word kind, subtype = word name, parameters = [(word name, value)] }
  Mime.parse (Mime.to_string mime) == Some mime
test "extensions" (path : String) = Mime.parse (Mime.of_path path) != None

test "points in time" (time : Int) when time >= Int.min_value + 86_400 =
  let midnight = Time.of_date (Time.date time)
  midnight <= time && time - midnight < 86_400 && Time.date midnight == Time.date time && Time.rfc3339 time != Time.rfc3339 midnight || time == midnight
test "as text" (time : Int) (days : Int) when time >= 0 && time < 86_400 && days > -719_162 && days < 2_932_896 =
  let moment = days * 86_400 + time
  Time.parse_rfc3339 (Time.rfc3339 moment) == Some moment && Time.parse_rfc1123 (Time.rfc1123 moment) == Some moment
    && String.starts_with (String.slice 0 10 (Time.rfc3339 moment)) (Time.rfc3339 (Time.of_date (Time.date moment)))

test "paths" (path : String) (other : String) =
  let short = Path.normalise path
  Path.normalise short == short && Path.is_absolute short == Path.is_absolute path && Path.split short == Path.split (Path.normalise (Path.join path "."))
    && Path.normalise (Path.join path other) == Path.normalise (Path.join (Path.normalise path) other)
    && Path.stem path ++ (if Path.extension path == "" then String.drop (String.length (Path.stem path)) (Path.file_name path) else "." ++ Path.extension path) == Path.file_name path
test "extensions change" (names : List String) (stem : String) =
  let clean text = "a" ++ String.replace "." "" (String.replace "/" "" text)
  let path = Path.join_all (List.map clean names ++ [clean stem ++ ".old"])
  Path.with_extension "old" path == path && Path.extension (Path.with_extension "new" path) == "new" && Path.extension (Path.with_extension "" (path ++ "/.")) == ""
test "below" (folder : String) (path : String) =
  match Path.relative_to folder path
  | Some below -> Path.normalise (Path.join folder below) == Path.normalise path
  | None -> True

test "command lines" (values : List String) =
  let flags = [Args.switch ["--loud", "-l"] "", Args.value ["--name", "-n"] "TEXT" ""]
  let written = List.concat_map (fun text -> ["--name", text]) values ++ ["-l", "--"] ++ values
  Result.map (fun given -> (Args.all "--name" given, Args.has "--loud" given, Args.rest given)) (Args.parse flags written) == Ok (values, True, values)
test "any command line" (words : List String) =
  match Args.parse [Args.switch ["-l"] "", Args.value ["-n"] "TEXT" ""] words
  | Ok given -> List.length (Args.rest given) <= List.length words
  | Err problem -> problem != ""

test "grouped digits" (n : Int) = String.replace "," "" (Show.grouped "," n) == Int.to_string n
test "laid out" (width : Int) (values : List (String, Option Int)) when width > -1000 && width < 1000 =
  let squeezed text = String.concat (String.words text)
  squeezed (Show.pretty width values) == squeezed (show values) && Show.pretty (String.length (show values)) values == show values
test "sizes and durations" (n : Int) = Show.size n != "" && Show.duration n != "" && String.length (Show.size n) < 12
test "a table" (rows : List (List String)) = List.length (String.split "\n" (Show.table (List.map (fun row -> List.map (fun entry -> String.replace "\n" "" entry) row) rows))) == List.length rows + 1
