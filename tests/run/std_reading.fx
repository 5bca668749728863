// Parser, Args, Url, Mime, Path, Bytes, Base64, Show.
import Args
import Base64
import Bytes
import Console
import Int
import List
import Mime
import Option
import Parser
import Path
import Result
import Show
import String
import Url

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

// ---- a parser of arithmetic ----

let sum () : Parser Int = Parser.map List.sum (Parser.separated_by (Parser.symbol "+") (product ()))
let product () : Parser Int = Parser.map List.product (Parser.separated_by (Parser.symbol "*") (value ()))
let value () : Parser Int =
  Parser.or (Parser.lexeme Parser.int) (Parser.between (Parser.symbol "(") (Parser.symbol ")") (Parser.delay sum))

let calculate (text : String) : String =
  match Parser.run (sum ()) text
  | Ok n -> Int.to_string n
  | Err error -> Parser.message error

let parsers : Unit ! {Console} =
  do! List.iter_seq (fun text -> Console.print_line (calculate text)) ["2 * (3 + 4) + 1", "2 *", "(1\n + x)", "1 1", "((((((7))))))", ""]
  let many = Parser.many (Parser.lexeme Parser.int)
  do! check "a hundred thousand" (Result.map List.length (Parser.run many (String.repeat 100000 "12 ")) == Ok 100000)
  do! check "many that reads nothing" (Parser.run (Parser.many Parser.spaces) "" == Ok [])
  do! check "or goes back" (Parser.run (Parser.or (Parser.map2 (fun a _ -> a) (Parser.string "ab") (Parser.string "c")) (Parser.string "abd")) "abd" == Ok "abd")
  do! check "characters" (Parser.run any "aé€😀" == Ok ['a', 'é', '€', '😀'])
  check "what is no UTF-8" (List.all (fun text -> Parser.run any text == Ok (String.chars text)) ["\xc3", "\xff", "\xf8abc", "\xe2\x82", "a\xe2\x82b", "\xf0\x9f\x98a"])

let any : Parser (List Char) = Parser.many (Parser.char_that "any" (fun _ -> True))

// ---- command lines ----

let flags = [Args.switch ["--all", "-a"] "show everything", Args.switch ["--long", "-l"] "more about each", Args.value ["--port", "-p"] "NUMBER" "where to listen"]

let given (arguments : List String) : String =
  match Args.parse flags arguments
  | Err problem -> problem
  | Ok found -> "\(Args.has "--all" found) \(Args.has "--long" found) \(show (Args.all "--port" found)) \(show (Args.rest found))"

let arguments : Unit ! {Console} =
  do! List.iter_seq (fun line -> Console.print_line (given (String.words line))) [
    "-al x --port=80 y -p 81 -p82 - -- -z", "--prot 80", "--port", "-p", "--all=1", "-x", "-é", "-alp9", "--port=", ""
  ]
  Console.print (Args.usage "list [OPTION]... [FOLDER]" flags)

// ---- the rest ----

let resolved (link : String) : String =
  match (Url.parse "http://a/b/c/d;p?q", Url.parse link)
  | (Some base, Some target) -> Url.to_string (Url.resolve base target)
  | _ -> "no address"

// RFC 3986, 5.4.
let links : List (String, String) = [
  ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
  ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"),
  ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
  ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
  ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"), ("g;x=1/../y", "http://a/b/c/y")
]

let addresses : Unit ! {Console} =
  do! List.iter_seq (fun (link, wanted) -> check "\(link) is \(resolved link)" (resolved link == wanted)) links
  do! check "parts" (Option.map show (Url.parse "HTTPS://me@[::1]:8443/p?q#f") == Some "{ scheme = \"https\", user = Some \"me\", host = Some \"[::1]\", port = Some 8443, path = \"/p\", query = Some \"q\", fragment = Some \"f\" }")
  do! check "ports" (List.all (fun text -> Url.parse text == None) ["http://h:65536", "http://h:-1", "http://h:+1", "http://h:1x"])
  do! check "encode" (Url.decode (Url.encode "a/b?c=d&e f\0\xff") == Some "a/b?c=d&e f\0\xff" && Url.decode "%zz" == None && Url.decode "%2" == None && Url.decode "%+1" == None)
  check "query" (Url.parse_query (Url.to_query [("a&b", "c=d"), ("", "x y")]) == [("a&b", "c=d"), ("", "x y")] && Url.parse_query "%zz=1" == [("%zz", "1")])

let data : Unit ! {Console} =
  do! check "base 64" (List.all (fun text -> Base64.decode (Base64.encode text) == Some text && Base64.decode_url (Base64.encode_url text) == Some text) ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\0\xff\xfe"])
  do! check "no base 64" (List.all (fun text -> Base64.decode text == None) ["Zg=", "Zg", "Z===", "====", "Zh==", "Zg==\n", "Z-==", "Zm9v Zm9v"])
  do! check "hexadecimal" (Bytes.from_hex (Bytes.to_hex "\0\x01\xfe\xff") == Some "\0\x01\xfe\xff" && Bytes.from_hex "0g" == None)
  do! check "numbers" (List.all (fun n -> Bytes.read_signed Bytes.Big 8 0 (Bytes.write Bytes.Big 8 n) == Some n && Bytes.read_signed Bytes.Little 3 1 ("x" ++ Bytes.write Bytes.Little 3 n) == Some (n % 8000000)) [0, 1, -1, 7999999, -7999999])
  do! check "unsigned" (Bytes.read Bytes.Big 4 0 "\xff\xff\xff\xff" == Some 4294967295 && Bytes.read Bytes.Big 4 0 "\xff" == None && Bytes.read Bytes.Big 9 0 "123456789" == None && Bytes.read Bytes.Big 1 (-1) "a" == None)
  do! check "media types" (Option.map Mime.to_string (Mime.parse "A/B ; c=\"x;\\\"y\" ; D=e") == Some "a/b; c=\"x;\\\"y\"; d=e" && Mime.parse "/" == None && Mime.parse "" == None)
  do! check "paths" (Path.normalise "///a/..//" == "/" && Path.with_extension "x" "a/b.md/" == "a/b.x" && Path.with_extension "x" "a/b.md/." == "a/b.x" && Path.extension "a.b/.." == "" && Path.parent "a//b//" == "a" && Path.join_all [] == "")
  do! check "paths below" (Path.relative_to "." "a/b" == Some "a/b" && Path.relative_to "a" "ab" == None && Path.relative_to "/" "/x" == Some "x" && Path.relative_to "a" "../a" == None)
  do! check "sizes" (List.map Show.size [0, 1023, 1024, 1048575, 1048576, Int.max_value, Int.min_value] == ["0 B", "1023 B", "1.0 KiB", "1.0 MiB", "1.0 MiB", "8.0 EiB", "-8.0 EiB"])
  do! check "durations" (List.map Show.duration [999, 1000, 59_999, 60_000] == ["999 ms", "1.0 s", "59.9 s", "1 min 0 s"])
  check "grouped" (Show.grouped " " 1234567 == "1 234 567" && Show.grouped "," Int.min_value == "-9,223,372,036,854,775,808")

let layouts : Unit ! {Console} =
  do! Console.print_line (Show.pretty 30 [(1, ["a, b", "c)"]), (2, ["a longer text", "and another one"])])
  do! Console.print_line (Show.pretty 10 (Some [Ok 1, Err "two"]))
  Console.print (Show.table [["name", "size"], ["a", "1", "more"], [], ["longer", "2"]])

let main (_ : List String) : Unit ! {Console} =
  do! parsers
  do! arguments
  do! addresses
  do! data
  layouts
