/// Text: an immutable sequence of bytes, by convention UTF-8.
///
/// Lengths and positions count bytes, from 0, which is fast and exact; `chars` decodes. What is said of letters and blanks is said of
/// ASCII. Text is put together with `++`, with interpolation, or with `join` and `concat`, which build it in one go.

import Int
import List

// ---- Asking ----

/// How many bytes there are.
///
/// ```fx
/// String.length "abc" == 3
/// String.length "€" == 3
/// ```
extern let length : String -> Int = "fx_string_length_of"

/// Whether there is no byte.
///
/// ```fx
/// String.is_empty ""
/// ```
let is_empty (text : String) : Bool = text == ""

/// The byte at a position, 0 to 255.
///
/// ```fx
/// String.byte_at 1 "ab" == Some 98
/// String.byte_at 2 "ab" == None
/// ```
let byte_at (index : Int) (text : String) : Option Int =
  let byte = byte_or_minus index text
  if byte < 0 then None else Some byte

/// The byte at a position, or -1 where there is none: for loops over bytes, where an Option at each step would cost.
///
/// ```fx
/// String.byte_or_minus 1 "ab" == 98
/// String.byte_or_minus 2 "ab" == -1
/// ```
extern let byte_or_minus : Int -> String -> Int = "fx_string_byte_or_minus"

/// Whether the text begins with `prefix`.
///
/// ```fx
/// String.starts_with "ab" "abc"
/// String.starts_with "" "abc"
/// String.starts_with "b" "abc" == False
/// ```
extern let starts_with : String -> String -> Bool = "fx_string_starts_with"

/// Whether the text goes on with `prefix` from a position on.
///
/// ```fx
/// String.starts_with_from 2 "cd" "abcde"
/// String.starts_with_from 4 "ef" "abcde" == False
/// String.starts_with_from 5 "" "abcde"
/// ```
extern let starts_with_from : Int -> String -> String -> Bool = "fx_string_starts_with_from"

/// The same where `A` to `Z` count as `a` to `z`.
///
/// ```fx
/// String.starts_with_from_ignoring_case 2 "CD" "abcde"
/// String.starts_with_from_ignoring_case 4 "EF" "abcde" == False
/// ```
extern let starts_with_from_ignoring_case : Int -> String -> String -> Bool = "fx_string_starts_with_from_ignoring_case"

/// Whether the text ends with `suffix`.
///
/// ```fx
/// String.ends_with ".html" "index.html"
/// ```
extern let ends_with : String -> String -> Bool = "fx_string_ends_with"

/// Whether `part` is somewhere in the text.
///
/// ```fx
/// String.contains "bc" "abcd"
/// String.contains "" "abcd"
/// String.contains "cb" "abcd" == False
/// ```
let contains (part : String) (text : String) : Bool = find_from 0 part text >= 0

/// Where `part` first begins.
///
/// ```fx
/// String.index_of "b" "abab" == Some 1
/// String.index_of "c" "abab" == None
/// ```
let index_of (part : String) (text : String) : Option Int = found (find_from 0 part text)

/// Where `part` first begins at or after a position.
///
/// ```fx
/// String.index_of_from 2 "b" "abab" == Some 3
/// ```
let index_of_from (start : Int) (part : String) (text : String) : Option Int = found (find_from start part text)

/// Where `part` last begins.
///
/// ```fx
/// String.last_index_of "b" "abab" == Some 3
/// ```
let last_index_of (part : String) (text : String) : Option Int = found (find_last part text)

private let found (index : Int) : Option Int = if index < 0 then None else Some index

private extern let find_from : Int -> String -> String -> Int = "fx_string_find_from"
private extern let find_last : String -> String -> Int = "fx_string_find_last"

/// How often `part` occurs, without overlap; an empty part counts as never.
///
/// ```fx
/// String.count "an" "banana" == 2
/// String.count "" "banana" == 0
/// ```
extern let count : String -> String -> Int = "fx_string_count"

/// A number that depends on all of the text, for tables: the same for equal texts, mostly another for others; not negative. Whoever knows it can
/// make texts of equal numbers.
///
/// ```fx
/// String.hash "a" != String.hash "b"
/// String.hash "" >= 0
/// ```
extern let hash : String -> Int = "fx_string_hash"

/// Whether two texts are equal but for the case of their letters.
///
/// ```fx
/// String.equal_ignoring_case "Content-Length" "content-length"
/// ```
extern let equal_ignoring_case : String -> String -> Bool = "fx_string_equal_ignoring_case"

/// Whether it is well-formed UTF-8.
///
/// ```fx
/// String.is_utf8 "größer"
/// String.is_utf8 "\xff" == False
/// ```
extern let is_utf8 : String -> Bool = "fx_string_is_utf8"

// ---- Parts ----

/// The bytes from `start` up to but not including `end`. A negative position counts from the end of the text, and what
/// lies outside is left out.
///
/// ```fx
/// String.slice 1 3 "abcd" == "bc"
/// String.slice 1 (-1) "abcd" == "bc"
/// String.slice (-2) 99 "abcd" == "cd"
/// String.slice 3 1 "abcd" == ""
/// ```
extern let slice : Int -> Int -> String -> String = "fx_string_slice"

/// The first `count` bytes, or all when there are fewer.
///
/// ```fx
/// String.take 2 "abc" == "ab"
/// String.take 9 "abc" == "abc"
/// ```
let take (count : Int) (text : String) : String = if count <= 0 then "" else slice 0 count text

/// All but the first `count` bytes.
///
/// ```fx
/// String.drop 2 "abc" == "c"
/// String.drop 9 "abc" == ""
/// ```
let drop (count : Int) (text : String) : String = if count <= 0 then text else slice count (length text) text

/// The last `count` bytes, or all when there are fewer.
///
/// ```fx
/// String.take_end 2 "abc" == "bc"
/// ```
let take_end (count : Int) (text : String) : String = drop (length text - Int.max count 0) text

/// All but the last `count` bytes.
///
/// ```fx
/// String.drop_end 2 "abc" == "a"
/// ```
let drop_end (count : Int) (text : String) : String = take (length text - Int.max count 0) text

/// What comes after `prefix`, if the text begins with it.
///
/// ```fx
/// String.strip_prefix "ab" "abc" == Some "c"
/// String.strip_prefix "b" "abc" == None
/// ```
let strip_prefix (prefix : String) (text : String) : Option String =
  if starts_with prefix text then Some (drop (length prefix) text) else None

/// What comes before `suffix`, if the text ends with it.
///
/// ```fx
/// String.strip_suffix ".fx" "main.fx" == Some "main"
/// ```
let strip_suffix (suffix : String) (text : String) : Option String =
  if ends_with suffix text then Some (drop_end (length suffix) text) else None

/// Without blanks, tabs and ends of lines at both ends.
///
/// ```fx
/// String.trim " a b \n" == "a b"
/// ```
let trim (text : String) : String = trim_start (trim_end text)

/// Without blanks, tabs and ends of lines at the start.
///
/// ```fx
/// String.trim_start "  a " == "a "
/// ```
extern let trim_start : String -> String = "fx_string_trim_start"

/// Without blanks, tabs and ends of lines at the end.
///
/// ```fx
/// String.trim_end " a  " == " a"
/// ```
extern let trim_end : String -> String = "fx_string_trim_end"

// ---- Taking apart ----

/// The pieces between the separators. An empty separator splits into characters.
///
/// ```fx
/// String.split "," "a,b,,c" == ["a", "b", "", "c"]
/// String.split "," "" == [""]
/// String.split "" "añb" == ["a", "ñ", "b"]
/// ```
extern let split : String -> String -> List String = "fx_string_split"

/// What is before the first separator, and what is after it.
///
/// ```fx
/// String.split_once "=" "key=a=b" == Some ("key", "a=b")
/// String.split_once "=" "key" == None
/// ```
let split_once (separator : String) (text : String) : Option (String, String) =
  match index_of separator text
  | None -> None
  | Some index -> Some (take index text, drop (index + length separator) text)

/// The lines, without their `\n` or `\r\n`. An end of line after the last line begins no further one.
///
/// ```fx
/// String.lines "a\nb\r\n\nc" == ["a", "b", "", "c"]
/// String.lines "a\n" == ["a"]
/// String.lines "" == []
/// ```
extern let lines : String -> List String = "fx_string_lines"

/// The pieces between blanks, tabs and ends of lines; none of them is empty.
///
/// ```fx
/// String.words " to be\tor\n" == ["to", "be", "or"]
/// ```
extern let words : String -> List String = "fx_string_words"

/// The characters; what is not UTF-8 becomes U+FFFD.
///
/// ```fx
/// String.chars "a€" == ['a', '€']
/// String.chars "a\xff" == ['a', '\u{FFFD}']
/// ```
extern let chars : String -> List Char = "fx_string_chars"

/// The bytes, 0 to 255.
///
/// ```fx
/// String.bytes "a€" == [97, 0xe2, 0x82, 0xac]
/// ```
extern let bytes : String -> List Int = "fx_string_to_bytes"

// ---- Putting together ----

/// The text of these characters.
///
/// ```fx
/// String.from_chars ['a', '€'] == "a€"
/// ```
extern let from_chars : List Char -> String = "fx_string_from_chars"

/// The text of these bytes, each taken modulo 256.
///
/// ```fx
/// String.from_bytes [97, 0xe2, 0x82, 0xac] == "a€"
/// ```
extern let from_bytes : List Int -> String = "fx_string_from_bytes"

/// The parts behind one another with the separator between them.
///
/// ```fx
/// String.join ", " ["a", "b", "c"] == "a, b, c"
/// String.join ", " [] == ""
/// ```
extern let join : String -> List String -> String = "fx_string_join"

/// The parts behind one another.
///
/// ```fx
/// String.concat ["a", "b", "c"] == "abc"
/// ```
let concat (parts : List String) : String = join "" parts

/// The second text behind the first, as `++` does it.
///
/// ```fx
/// String.append "ab" "c" == "abc"
/// ```
let append (left : String) (right : String) : String = left ++ right

/// `count` times the same text; "" when `count` is negative.
///
/// ```fx
/// String.repeat 3 "ab" == "ababab"
/// ```
let repeat (count : Int) (text : String) : String =
  if count <= 0 || text == "" then "" else fill (count * length text) text

// So many bytes, a multiple of the text's length.
private extern let fill : Int -> String -> String = "fx_string_fill"

/// As many copies of `filling` in front as make the text at least `width` bytes long.
///
/// ```fx
/// String.pad_start 5 "0" "42" == "00042"
/// String.pad_start 1 "0" "42" == "42"
/// ```
let pad_start (width : Int) (filling : String) (text : String) : String = padding width filling text ++ text

/// As many copies of `filling` behind as make the text at least `width` bytes long.
///
/// ```fx
/// String.pad_end 5 "." "ab" == "ab..."
/// ```
let pad_end (width : Int) (filling : String) (text : String) : String = text ++ padding width filling text

private let padding (width : Int) (filling : String) (text : String) : String =
  if width <= length text || filling == "" then "" else repeat (Int.divide_ceiling (width - length text) (length filling)) filling

// ---- Changing ----

/// Every `old`, from the left and without overlap, replaced by `new`; an empty `old` is found nowhere.
///
/// ```fx
/// String.replace "l" "L" "hello" == "heLLo"
/// String.replace "" "L" "hello" == "hello"
/// ```
extern let replace : String -> String -> String -> String = "fx_string_replace"

/// Small letters made capitals.
///
/// ```fx
/// String.to_upper "fx 2" == "FX 2"
/// ```
extern let to_upper : String -> String = "fx_string_to_upper"

/// Capitals made small letters.
///
/// ```fx
/// String.to_lower "FX 2" == "fx 2"
/// ```
extern let to_lower : String -> String = "fx_string_to_lower"

/// The characters in the opposite order.
///
/// ```fx
/// String.reverse "añb" == "bña"
/// ```
let reverse (text : String) : String = from_chars (List.reverse (chars text))

/// Applies `f` to each character.
///
/// ```fx
/// String.map (fun c -> if c == ' ' then '_' else c) "a b" == "a_b"
/// ```
let map (f : Char -> Char) (text : String) : String = from_chars (List.map f (chars text))

/// The characters that pass the test.
///
/// ```fx
/// String.filter (fun c -> c != '-') "1-2-3" == "123"
/// ```
let filter (passes : Char -> Bool) (text : String) : String = from_chars (List.filter passes (chars text))

/// Whether the test holds for at least one character.
///
/// ```fx
/// String.any (fun c -> c == 'b') "abc"
/// ```
let any (passes : Char -> Bool) (text : String) : Bool = List.any passes (chars text)

/// Whether the test holds for every character.
///
/// ```fx
/// String.all (fun c -> c >= '0' && c <= '9') "2024"
/// ```
let all (passes : Char -> Bool) (text : String) : Bool = List.all passes (chars text)

/// Goes through the characters from the left: `f` combines what there is so far with the next one.
///
/// ```fx
/// String.fold (fun total c -> if c == 'a' then total + 1 else total) 0 "banana" == 3
/// ```
let fold (f : b -> Char -> b) (start : b) (text : String) : b = List.fold f start (chars text)

/// How many characters there are; `length` counts bytes.
///
/// ```fx
/// String.count_chars "añb" == 3
/// ```
let count_chars (text : String) : Int = fold (fun total _ -> total + 1) 0 text

/// The characters before the first that fails the test.
///
/// ```fx
/// String.take_while Char.is_digit "42 apples" == "42"
/// ```
let take_while (passes : Char -> Bool) (text : String) : String = from_chars (List.take_while passes (chars text))

/// The characters from the first that fails the test on.
///
/// ```fx
/// String.drop_while Char.is_digit "42 apples" == " apples"
/// ```
let drop_while (passes : Char -> Bool) (text : String) : String = from_chars (List.drop_while passes (chars text))

/// The first `count` bytes, and the rest.
///
/// ```fx
/// String.split_at 2 "abc" == ("ab", "c")
/// ```
let split_at (count : Int) (text : String) : (String, String) = (take count text, drop count text)

/// With the first letter made a capital.
///
/// ```fx
/// String.capitalise "hello" == "Hello"
/// ```
let capitalise (text : String) : String = to_upper (take 1 text) ++ drop 1 text

/// Whether there is nothing, or nothing but space.
///
/// ```fx
/// String.is_blank " \t"
/// ```
let is_blank (text : String) : Bool = trim text == ""
