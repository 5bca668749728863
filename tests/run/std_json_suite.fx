import Console
import Json
import List
import Result
import String

// What RFC 8259 says of each of these texts: a parser accepts all JSON texts and refuses all others; how it takes some of them is its own affair.
// The cases are those that parsers have been found to differ on.

// JSON.
let accepted : List String =
  [
    // arrays
    "[[]   ]", "[\"\"]", "[]", "[\"a\"]\n", "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\n]", " [1]", "[1,null,null,null,2]",
    "[2] ",
    // numbers
    "[123e65]", "[0e+1]", "[0e1]", "[ 4]", "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
    "[20e1]", "[-0]", "[-123]", "[-1]", "[-0.0]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]", "[1e+2]",
    "[123]", "[123.456789]",
    // objects
    "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{\"a\":\"b\",\"a\":\"c\"}", "{\"a\":\"b\",\"a\":\"b\"}", "{}",
    "{\"\":0}", "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
    "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
    "{\"a\":[]}", "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\" }", "{\n\"a\": \"b\"\n}",
    // strings
    "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
    "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\\"\"]", "[\"a/*b*/c/*d//e\"]", "[\"\\\\a\"]", "[\"\\\\n\"]",
    "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[\"asd\"]", "[ \"asd\"]", "[\"\\uDBFF\\uDFFF\"]", "[\"new\\u00A0line\"]",
    "[\"\u{10FFFF}\"]", "[\"\u{FFFF}\"]", "[\"\\u0000\"]", "[\"\\u002c\"]", "[\"π\"]", "[\"\u{1BFFF}\"]", "[\"asd \"]", "\" \"",
    "[\"\\uD834\\uDd1e\"]", "[\"\\u0821\"]", "[\"\\u0123\"]", "[\"\u{2028}\"]", "[\"\u{2029}\"]",
    "[\"\\u0061\\u30af\\u30EA\\u30b9\"]", "[\"new\\u000Aline\"]", "[\"\x7F\"]", "[\"\\uA66D\"]", "[\"\\u005C\"]", "[\"⍂㈴⍂\"]",
    "[\"\\uDBFF\\uDFFE\"]", "[\"\\uD83F\\uDFFE\"]", "[\"\\u200B\"]", "[\"\\u2064\"]", "[\"\\uFDD0\"]", "[\"\\uFFFE\"]",
    "[\"\\u0022\"]", "[\"€𝄞\"]", "[\"a\x7Fa\"]",
    // whole texts
    "false", "42", "-0.1", "null", "\"asd\"", "true", "\"\"", "[\"a\"]\n", "[true]", " [] "
  ]

// Not JSON.
let refused : List String =
  [
    // arrays
    "[1 true]", "[a\xE5]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x", "[3[4]]",
    "[\xFF]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]", "[\"\x0Ba\"\x0C]", "[*]", "[\"\"", "[1,",
    "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]",
    // numbers
    "123\0", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]",
    "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e+]", "[0e]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]", "[2.e+3]",
    "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[１]", "[1+2]", "[0x1]", "[0x42]", "[Infinity]", "[0e+-1]", "[-123.123foo]",
    "[123\xE5]", "[1e1\xE5]", "[0\xE5]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1e\xE5]",
    "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]",
    // objects
    "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{🇨🇭}", "{\"a\":\"a\" 123}", "{key: 'value'}",
    "{\"\xB9\":\"0\",}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}",
    "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//",
    "{\"a\":\"b\"}//", "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }",
    "{\"a\":\"b\"}#",
    // strings
    " ", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]", "[é]", "[\"\\\0\"]", "[\"\\x00\"]",
    "[\"\\\\\\\"]", "[\"\\\t\"]", "[\"\\🌀\"]", "[\"\\\"]", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]", "[\"\\uD800\\uD800\\x\"]",
    "[\"\\u\xE5\"]", "[\"\\a\"]", "[\"\\uqqqq\"]", "[\"\\\xE5\"]", "[\\u0020\"asd\"]", "[\\n]", "\"", "['single quote']", "abc",
    "[\"\\", "[\"a\0a\"]", "[\"new\nline\"]", "[\"\t\"]", "\"\\UA66D\"", "\"\"x",
    // whole texts
    "[\u{2060}]", "\u{FEFF}", "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "aå", "[True]", "1]", "{\"x\": true,", "[][]", "]",
    "\xEF\xBB{}", "\xE5", "[", "", "[\0]", "2@", "{}}", "{\"\":", "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,",
    "[{", "[\"a", "[\"a\"", "{", "{]", "{,", "{[", "{\"a", "{'a'", "[\"\\{[\"\\{[\"\\{[\"\\{", "\xE9", "*", "{\"a\":\"b\"}#{}",
    "[\\u000A\"\"]", "[1", "[ false, nul", "[ true, fals", "[ false, tru", "{\"asd\":\"asd\"", "å", "\u{2060}", "[\x0C]"
  ]

// Up to the parser: what it does with each is in the expected output.
let either : List String =
  [
    // numbers beyond a Float or an Int
    "[123.456e-789]",
    "[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006]",
    "[-1e+9999]", "[1.5e+9999]", "[-123123e100000]", "[123123e100000]", "[123e-10000000]", "[-123123123123123123123123123123]",
    "[100000000000000000000]", "[-237462374673276894279832749832423479823246327846]",
    // lone surrogates
    "{\"\\uDFAA\":0}", "[\"\\uDADA\"]", "[\"\\uD888\\u1234\"]", "[\"\\uD800\\n\"]", "[\"\\uDd1ea\"]", "[\"\\uD800\\uD800\\n\"]",
    "[\"\\ud800\"]", "[\"\\ud800abc\"]", "[\"\\uDd1e\\uD834\"]", "[\"\\uDFAA\"]",
    // bytes that are not UTF-8, byte order marks
    "[\"\xE6\x97\xA5\xD1\x88\xFA\"]", "[\"\xE9\"]", "[\"\xFF\"]", "[\"\xED\xA0\x80\"]", "[\"\x81\"]", "[\"\xF4\xBF\xBF\xBF\"]",
    "[\"\xFC\x83\xBF\xBF\xBF\xBF\"]", "[\"\xC0\xAF\"]", "[\"\xE0\xFF\"]", "\xFF\xFE[\0\"\0\xE9\0\"\0]\0", "\0[\0\"\0\xE9\0\"\0]",
    "\u{FEFF}{}"
  ]

let is_accepted (text : String) : Bool = Result.is_ok (Json.parse text)

// What was read comes out the same when it is written and read again.
let reads_back (text : String) : Bool =
  match Json.parse text
  | Ok json -> Json.parse (Json.to_string json) == Ok json
  | Err _ -> True

let outcome (text : String) : String =
  match Json.parse text
  | Ok json -> "Ok \(Json.to_string json)"
  | Err error -> Json.message error

let main (_ : List String) : Unit ! {Console} =
  let wrongly_refused = List.filter (fun text -> not (is_accepted text)) accepted
  let wrongly_accepted = List.filter is_accepted refused
  let changed = List.filter (fun text -> not (reads_back text)) accepted
  do! Console.print_line "\(List.length accepted) accepted but for \(show wrongly_refused)"
  do! Console.print_line "\(List.length refused) refused but for \(show wrongly_accepted)"
  do! Console.print_line "read back but for \(show changed)"
  do! List.iter_seq (fun text -> Console.print_line (outcome text)) either
  // A hundred thousand deep: what is closed is read, what is not is refused, and neither needs a deep stack.
  let deep = 100_000
  do! Console.print_line (String.take 60 (outcome (String.repeat deep "[")))
  do! Console.print_line (String.take 60 (outcome (String.repeat deep "[{\"\":")))
  let closed = String.repeat deep "[" ++ String.repeat deep "]"
  do! Console.print_line "\(reads_back closed) \(is_accepted closed) \(Result.map Json.to_string (Json.parse closed) == Ok closed)"
  let objects = String.repeat deep "{\"a\":" ++ "1" ++ String.repeat deep "}"
  Console.print_line "\(Result.map Json.to_string (Json.parse objects) == Ok objects)"
