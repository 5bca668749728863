/// Parsers: small ones are put together to large ones, and a text is read in one go.
///
/// A parser reads from the front of what is left. `or` tries its second parser only if the first has failed, from the same place. When a
/// whole text cannot be read the error names the furthest place that was reached, and all that would have been right there.
///
/// ```fx program
/// import Console
/// import List
/// import Parser
///
/// // sum = product { "+" product }, product = value { "*" value }, value = number | "(" sum ")"
/// let sum () : Parser Int = Parser.map List.sum (Parser.separated_by (Parser.symbol "+") (product ()))
/// let product () : Parser Int = Parser.map List.product (Parser.separated_by (Parser.symbol "*") (value ()))
/// let value () : Parser Int =
///   Parser.or (Parser.lexeme Parser.int) (Parser.between (Parser.symbol "(") (Parser.symbol ")") (Parser.delay sum))
///
/// let main (args : List String) : Unit ! {Console} =
///   match Parser.run (sum ()) "2 * (3 + 4)"
///   | Ok result -> Console.print_line "\(result)"
///   | Err error -> Console.print_line (Parser.message error)
/// ```

import Int
import List
import String

// What a parser has found and where it ended. `tried` is the furthest place where something failed on the way, and what was expected there.
opaque type Outcome a =
  | Found a Int Tried
  | Failed Tried
opaque type Tried = Tried Int (List String)

/// Reads an `a` from the front of a text.
opaque type Parser a = Parser (String -> Int -> Outcome a)

/// Why a text could not be read: the place, in characters, and what would have been right there.
type Error = { line : Int, column : Int, expected : List String, found : String }

private let nothing : Tried = Tried (-1) []

private let run_at (Parser step : Parser a) (text : String) (at : Int) : Outcome a = step text at

private let furthest (Tried left_at left : Tried) (Tried right_at right : Tried) : Tried =
  if left_at > right_at then Tried left_at left
  else if right_at > left_at then Tried right_at right
  else Tried left_at (left ++ right)

// ---- Running ----

/// Reads a whole text.
///
/// ```fx
/// Parser.run Parser.int "42" == Ok 42
/// Result.map_error Parser.message (Parser.run Parser.int "4x") == Err "line 1, column 2: expected the end, found \"x\""
/// ```
let run (parser : Parser a) (text : String) : Result a Error =
  match run_at (then_skip end parser) text 0
  | Found answer _ _ -> Ok answer
  | Failed (Tried at expected) -> Err (error_at at expected text)

private let error_at (at : Int) (expected : List String) (text : String) : Error =
  let (line, column) = place_of at text
  let found = match String.chars (String.slice at (at + 4) text) | c :: _ -> show "\(c)" | [] -> "the end"
  { line, column, expected = List.unique expected, found }

private let place_of (at : Int) (text : String) : (Int, Int) =
  let before = String.take at text
  let line_start = match String.last_index_of "\n" before | Some index -> index + 1 | None -> 0
  (String.count "\n" before + 1, String.count_chars (String.drop line_start before) + 1)

/// The error in one line.
///
/// ```fx
/// Parser.message { line = 1, column = 3, expected = ["a digit", "the end"], found = "\"x\"" } == "line 1, column 3: expected a digit or the end, found \"x\""
/// ```
let message (error : Error) : String =
  "line \(error.line), column \(error.column): expected \(alternatives error.expected), found \(error.found)"

private let alternatives (expected : List String) : String =
  match List.reverse expected
  | [] -> "something else"
  | [one] -> one
  | final :: others -> "\(String.join ", " (List.reverse others)) or \(final)"

// ---- Without reading ----

/// Reads nothing and answers a value.
///
/// ```fx
/// Parser.run (Parser.succeed 1) "" == Ok 1
/// ```
let succeed (answer : a) : Parser a = Parser (fun _ at -> Found answer at nothing)

/// Fails; `expected` says in words what should have been there.
///
/// ```fx
/// Result.is_err (Parser.run (Parser.fail "a miracle" : Parser Int) "")
/// ```
let fail (expected : String) : Parser a = Parser (fun _ at -> Failed (Tried at [expected]))

/// The end of the text.
///
/// ```fx
/// Parser.run Parser.end "" == Ok ()
/// ```
let end : Parser Unit =
  Parser (fun text at -> if at == String.length text then Found () at nothing else Failed (Tried at ["the end"]))

/// Reads nothing and answers the line and the column, in characters from 1, of what comes next: for errors that show only later, such as a name
/// that is given twice. It goes through the text from its beginning.
///
/// ```fx
/// Parser.run (Parser.map2 (fun at _ -> at) Parser.position Parser.int) "42" == Ok (1, 1)
/// Parser.run (Parser.after (Parser.string "a\né") (Parser.then_skip (Parser.char '!') Parser.position)) "a\né!" == Ok (2, 2)
/// ```
let position : Parser (Int, Int) = Parser (fun text at -> Found (place_of at text) at nothing)

/// The parser that `make` answers, made only when it is needed: for parsers that refer to each other in a circle.
///
/// ```fx
/// Parser.run (Parser.delay (fun () -> Parser.int)) "1" == Ok 1
/// ```
let delay (make : Unit -> Parser a) : Parser a = Parser (fun text at -> run_at (make ()) text at)

/// The same parser; where it fails at its start the error says `expected` instead of its parts.
///
/// ```fx
/// Result.map_error (fun error -> error.expected) (Parser.run (Parser.label "a number" Parser.int) "x") == Err ["a number"]
/// ```
let label (expected : String) (parser : Parser a) : Parser a =
  Parser (fun text at ->
    match run_at parser text at
    | Failed (Tried failed_at _) when failed_at <= at -> Failed (Tried at [expected])
    | outcome -> outcome)

// ---- Characters and text ----

/// One character that passes the test; `expected` says in words which that are. What is not UTF-8 is U+FFFD.
///
/// ```fx
/// Parser.run (Parser.char_that "a vowel" (fun c -> c == 'a' || c == 'e')) "e" == Ok 'e'
/// ```
let char_that (expected : String) (passes : Char -> Bool) : Parser Char =
  Parser (fun text at ->
    match char_at at text
    | Some (c, size) when passes c -> Found c (at + size) nothing
    | _ -> Failed (Tried at [expected]))

// The character there, and how many bytes it takes: a byte that is not UTF-8 is one by itself, as it is for `String.chars`.
private let char_at (at : Int) (text : String) : Option (Char, Int) =
  let piece = String.slice at (at + char_size (String.byte_or_minus at text)) text
  match String.chars piece
  | [] -> None
  | [c] -> Some (c, String.length piece)
  | c :: _ -> Some (c, 1)

// How many bytes the character takes that begins with this one, if it is one.
private let char_size (byte : Int) : Int =
  if byte < 0xc0 then 1 else if byte < 0xe0 then 2 else if byte < 0xf0 then 3 else 4

/// This character.
///
/// ```fx
/// Parser.run (Parser.char 'é') "é" == Ok 'é'
/// ```
let char (c : Char) : Parser Char = char_that (show "\(c)") (fun other -> other == c)

/// This text.
///
/// ```fx
/// Parser.run (Parser.string "let") "let" == Ok "let"
/// ```
let string (wanted : String) : Parser String =
  Parser (fun text at ->
    let stop = at + String.length wanted
    if String.slice at stop text == wanted then Found wanted stop nothing else Failed (Tried at [show wanted]))

/// All bytes up to the first that fails the test; there may be none.
///
/// ```fx
/// Parser.run (Parser.take_while (fun byte -> byte != 59)) "a b" == Ok "a b"
/// ```
let take_while (passes : Int -> Bool) : Parser String =
  Parser (fun text at ->
    let stop = skip_while passes text at
    Found (String.slice at stop text) stop nothing)

private let skip_while (passes : Int -> Bool) (text : String) (at : Int) : Int =
  if at < String.length text && passes (String.byte_or_minus at text) then skip_while passes text (at + 1) else at

/// Like `take_while`, but at least one byte; `expected` says in words what they are.
///
/// ```fx
/// Parser.run (Parser.take_some "a name" (fun byte -> byte >= 97 && byte <= 122)) "abc" == Ok "abc"
/// ```
let take_some (expected : String) (passes : Int -> Bool) : Parser String =
  Parser (fun text at ->
    let stop = skip_while passes text at
    if stop == at then Failed (Tried at [expected]) else Found (String.slice at stop text) stop nothing)

/// Blanks, tabs and ends of lines; there may be none.
///
/// ```fx
/// Parser.run Parser.spaces " \n" == Ok ()
/// ```
let spaces : Parser Unit = map (fun _ -> ()) (take_while (fun byte -> byte == 32 || byte >= 9 && byte <= 13))

/// The parser, and the blanks behind what it reads.
///
/// ```fx
/// Parser.run (Parser.lexeme Parser.int) "42  " == Ok 42
/// ```
let lexeme (parser : Parser a) : Parser a = then_skip spaces parser

/// This text, and the blanks behind it.
///
/// ```fx
/// Parser.run (Parser.symbol "(") "( " == Ok "("
/// ```
let symbol (wanted : String) : Parser String = lexeme (string wanted)

/// Decimal digits, with `-` in front of a negative number. One that is too large fails.
///
/// ```fx
/// Parser.run Parser.int "-42" == Ok (-42)
/// ```
let int : Parser Int =
  Parser (fun text at ->
    let start = if String.byte_or_minus at text == 45 then at + 1 else at
    let stop = skip_while (fun byte -> byte >= 48 && byte <= 57) text start
    match Int.parse (String.slice at stop text)
    | Some number -> Found number stop nothing
    | None -> Failed (Tried at ["a number"]))

// ---- Putting together ----

/// Applies `f` to what was read.
///
/// ```fx
/// Parser.run (Parser.map (fun n -> n + 1) Parser.int) "1" == Ok 2
/// ```
let map (f : a -> b) (parser : Parser a) : Parser b =
  Parser (fun text at ->
    match run_at parser text at
    | Found answer stop tried -> Found (f answer) stop tried
    | Failed tried -> Failed tried)

/// Goes on with a parser that depends on what was read.
///
/// ```fx
/// Parser.run (Parser.and_then (fun n -> Parser.string (if n == 1 then "!" else "?")) Parser.int) "1!" == Ok "!"
/// ```
let and_then (f : a -> Parser b) (parser : Parser a) : Parser b =
  Parser (fun text at ->
    match run_at parser text at
    | Failed tried -> Failed tried
    | Found answer middle tried ->
      match run_at (f answer) text middle
      | Found result stop later -> Found result stop (furthest tried later)
      | Failed later -> Failed (furthest tried later))

/// One after the other; `f` combines the answers.
///
/// ```fx
/// Parser.run (Parser.map2 (fun n c -> (n, c)) Parser.int (Parser.char '!')) "1!" == Ok (1, '!')
/// ```
let map2 (f : a -> b -> c) (left : Parser a) (right : Parser b) : Parser c =
  and_then (fun x -> map (fun y -> f x y) right) left

/// First `parser`, then `skipped`, whose answer is dropped.
///
/// ```fx
/// Parser.run (Parser.int |> Parser.then_skip (Parser.char ';')) "1;" == Ok 1
/// ```
let then_skip (skipped : Parser b) (parser : Parser a) : Parser a = map2 (fun x _ -> x) parser skipped

/// First `skipped`, whose answer is dropped, then `parser`.
///
/// ```fx
/// Parser.run (Parser.int |> Parser.after (Parser.char '#')) "#1" == Ok 1
/// ```
let after (skipped : Parser b) (parser : Parser a) : Parser a = map2 (fun _ y -> y) skipped parser

/// `parser` between an opening and a closing one.
///
/// ```fx
/// Parser.run (Parser.between (Parser.char '(') (Parser.char ')') Parser.int) "(1)" == Ok 1
/// ```
let between (opening : Parser b) (closing : Parser c) (parser : Parser a) : Parser a = after opening (then_skip closing parser)

/// The first, or where it fails the second, from the same place.
///
/// ```fx
/// Parser.run (Parser.or (Parser.char 'a') (Parser.char 'b')) "b" == Ok 'b'
/// ```
let or (left : Parser a) (right : Parser a) : Parser a =
  Parser (fun text at ->
    match run_at left text at
    | Found answer stop tried -> Found answer stop tried
    | Failed tried ->
      match run_at right text at
      | Found answer stop later -> Found answer stop (furthest tried later)
      | Failed later -> Failed (furthest tried later))

/// The first of these that does not fail.
///
/// ```fx
/// Parser.run (Parser.one_of [Parser.char 'a', Parser.char 'b', Parser.char 'c']) "c" == Ok 'c'
/// ```
let one_of (parsers : List (Parser a)) : Parser a =
  match parsers
  | [] -> fail "something else"
  | [parser] -> parser
  | parser :: others -> or parser (one_of others)

/// What it reads, or `None` and nothing where it fails.
///
/// ```fx
/// Parser.run (Parser.optional (Parser.char '+')) "" == Ok None
/// ```
let optional (parser : Parser a) : Parser (Option a) = or (map (fun x -> Some x) parser) (succeed None)

/// As often as it succeeds; it may be never. It ends where the parser reads nothing.
///
/// ```fx
/// Parser.run (Parser.many (Parser.lexeme Parser.int)) "1 2 3" == Ok [1, 2, 3]
/// Parser.run (Parser.many Parser.int) "" == Ok []
/// ```
let many (parser : Parser a) : Parser (List a) = Parser (fun text at -> many_onto [] nothing parser text at)

private let many_onto (done : List a) (tried : Tried) (parser : Parser a) (text : String) (at : Int) : Outcome (List a) =
  match run_at parser text at
  | Found answer stop later when stop > at -> many_onto (answer :: done) (furthest tried later) parser text stop
  | Found _ _ later -> Found (List.reverse done) at (furthest tried later)
  | Failed later -> Found (List.reverse done) at (furthest tried later)

/// At least once.
///
/// ```fx
/// Parser.run (Parser.some (Parser.lexeme Parser.int)) "1 2" == Ok [1, 2]
/// Result.is_err (Parser.run (Parser.some Parser.int) "")
/// ```
let some (parser : Parser a) : Parser (List a) = map2 (fun x rest -> x :: rest) parser (many parser)

/// At least once, with a separator between.
///
/// ```fx
/// Parser.run (Parser.separated_by (Parser.char ',') Parser.int) "1,2,3" == Ok [1, 2, 3]
/// ```
let separated_by (separator : Parser b) (parser : Parser a) : Parser (List a) =
  map2 (fun x rest -> x :: rest) parser (many (after separator parser))

/// The same without reading: what is there stays to be read.
///
/// ```fx
/// Parser.run (Parser.map2 (fun c n -> (c, n)) (Parser.look_ahead (Parser.char '4')) Parser.int) "42" == Ok ('4', 42)
/// ```
let look_ahead (parser : Parser a) : Parser a =
  Parser (fun text at ->
    match run_at parser text at
    | Found answer _ tried -> Found answer at tried
    | Failed tried -> Failed tried)

/// Operands with operators between, which `operator` reads and answers as functions; they group to the left.
///
/// ```fx
/// let minus = Parser.map (fun _ -> fun a b -> a - b) (Parser.char '-')
/// Parser.run (Parser.chain_left minus Parser.int) "9-3-1" == Ok 5
/// ```
let chain_left (operator : Parser (a -> a -> a)) (operand : Parser a) : Parser a =
  let further = many (map2 (fun combine right -> (combine, right)) operator operand)
  map2 (fun first steps -> List.fold (fun left (combine, right) -> combine left right) first steps) operand further
