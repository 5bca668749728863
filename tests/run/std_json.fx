// Json: what RFC 8259 says must be accepted and what must be refused, deep nesting, there and back.
import Console
import Json
import List
import Result
import String

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

let accepted : List String = [
  "[]", " [ ] ", "{}", "null", "true", "false", "0", "-0", "-1", "123", "1e1", "1E+2", "1e-2", "0.5", "-0.0", "1.5e10", "20e1", "123.456e78",
  "\"\"", "\"a\"", "\"\\u0061\"", "\"\\uD83D\\uDE00\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\x7f\"", "\"é\"", "\"\u{2028}\"", "[null]", "[1,2]", "[[],{}]",
  "{\"a\":1,\"a\":2}", "{\"\":0}", "{\"a\":{\"b\":[]}}", "\t\r\n 1 \n", "[\"\\u0000\"]", "\"\\uDFFF\"", "1e400", "123456789012345678901234567890"
]

let refused : List String = [
  "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1:2]", "{\"a\"", "{\"a\":", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{a:1}", "{1:1}",
  "{\"a\":1 \"b\":2}", "[\"a\" \"b\"]", "nul", "nulll", "True", "tru", "+1", ".5", "1.", "-", "-a", "01", "-01", "1e", "1e+", "1.e1", "0x10", "1_000", "Infinity", "NaN", "1e1.5",
  "\"", "\"a", "\"\\", "\"\\\"", "\"\\x41\"", "\"\\u00\"", "\"\\u00g0\"", "\"\\u+123\"", "\"\t\"", "\"\n\"", "\"\0\"", "'a'", "[1]x", "1 2", "{}{}", "//", "[1]//", "\u{FEFF}1",
  "\xff", "\"\xff\"", "[\"\xe2\x82\"]", "\u{A0}1", "[1]\0", "[\x0b1]", "\"\\a\"", "[\"a\",\n4\n,1,", "{\"a\":true,,\"b\":1}", "[-]", "[1.2a]", "[1e1a]", "{[:1}"
]

let is_ok (text : String) : Bool = Result.is_ok (Json.parse text)

let there_and_back (json : Json) : Bool = Json.parse (Json.to_string json) == Ok json && Json.parse (Json.pretty json) == Ok json

let example : Json =
  Json.Object [
    ("null", Json.Null), ("list", Json.Array [Json.Int (-1), Json.Float 0.1, Json.Float 1e300, Json.Bool False]), ("text", Json.Text "q\"\\\n\t\0\u{1F600}é\x7f"),
    ("empty", Json.Array []), ("nothing", Json.Object []), ("", Json.Int 9223372036854775807)
  ]

let nested (depth : Int) : String = String.repeat depth "[" ++ String.repeat depth "]"

let depth_of (json : Json) (depth : Int) : Int =
  match json
  | Json.Array [inner] -> depth_of inner (depth + 1)
  | _ -> depth

let reading (text : String) : String =
  match Json.parse text
  | Ok json -> show json
  | Err error -> Json.message error

let main (_ : List String) : Unit ! {Console} =
  do! List.iter_seq (fun text -> check "to accept: \(text)" (is_ok text)) accepted
  do! List.iter_seq (fun text -> check "to refuse: \(text)" (is_ok text == False)) refused
  do! check "there and back" (there_and_back example)
  do! check "characters" (Json.parse "\"\\u0041\\uD83D\\uDE00\\u00e9\"" == Ok (Json.Text "A😀é"))
  do! check "half a character" (Json.parse "\"\\uD83Dx\\uDE00\"" == Ok (Json.Text "\u{FFFD}x\u{FFFD}"))
  do! check "deep" (Result.map (fun json -> depth_of json 1) (Json.parse (nested 100000)) == Ok 100000)
  do! check "deep and open" (is_ok (String.repeat 100000 "[") == False && is_ok (String.repeat 100000 "{\"a\":") == False)
  do! check "deep and back" (Result.map Json.to_string (Json.parse (nested 100000)) == Ok (nested 100000))
  do! check "long" (Result.map Json.to_string (Json.parse ("[" ++ String.repeat 200000 "1," ++ "1]")) == Ok ("[" ++ String.repeat 200000 "1," ++ "1]"))
  do! check "columns count characters" (Result.map_error Json.message (Json.parse "[\"é\", x]") == Err "line 1, column 7: expected a value")
  do! check "always UTF-8" (Json.to_string (Json.Object [("a\xff", Json.Text "\xc3")]) == "{\"a\u{FFFD}\":\"\u{FFFD}\"}")
  do! check "the last of two" (Result.map (fun json -> Json.get "a" json) (Json.parse "{\"a\":1,\"a\":2}") == Ok (Some (Json.Int 2)))
  do! Console.print_line (reading "[12345678901234567890, 1.0, -0, 9223372036854775807]")
  do! Console.print_line (reading "{\n  \"a\": tru\n}")
  do! Console.print_line (reading "[1, \"a]")
  Console.print_line (Json.pretty (Json.Object [("a", Json.Array [Json.Int 1, Json.Array []]), ("b", Json.Object [("c", Json.Null)])]))
