// The laws of String and Char, for any text.
import Char
import Int
import List
import Option
import String

test "split and join" (separator : String) (text : String) when separator != "" = String.join separator (String.split separator text) == text
test "join and split" (parts : List String) when parts != [] =
  let clean = List.map (fun part -> String.replace "," "" part) parts
  String.split "," (String.join "," clean) == clean
test "split_once" (separator : String) (text : String) =
  match String.split_once separator text
  | Some (before, after) -> before ++ separator ++ after == text && (separator == "" || not (String.contains separator before))
  | None -> not (String.contains separator text)
test "replace" (old : String) (new : String) (text : String) when old != "" = String.replace old new text == String.join new (String.split old text)
test "count" (part : String) (text : String) when part != "" = String.count part text == List.length (String.split part text) - 1
test "lines" (text : String) = String.lines (String.join "\n" (String.lines text ++ [""])) == List.map (fun line -> if String.ends_with "\r" line then String.drop_end 1 line else line) (String.lines text)
test "words" (text : String) = List.all (fun word -> word != "" && String.trim word == word) (String.words text) && String.words (String.join " " (String.words text)) == String.words text
test "characters" (chars : List Char) = String.chars (String.from_chars chars) == chars && String.count_chars (String.from_chars chars) == List.length chars
test "bytes" (text : String) = String.from_bytes (String.bytes text) == text && List.length (String.bytes text) == String.length text
test "any bytes" (bytes : List Int) =
  let text = String.from_bytes bytes
  String.bytes text == List.map (fun byte -> Int.bit_and 255 byte) bytes && String.is_utf8 text == (String.from_chars (String.chars text) == text && not (String.contains "\u{FFFD}" text))
    && String.concat (String.split "" text) == text && List.length (String.split "" text) == String.count_chars text
test "append" (left : String) (right : String) =
  String.length (left ++ right) == String.length left + String.length right && String.starts_with left (left ++ right) && String.ends_with right (left ++ right)
    && String.strip_prefix left (left ++ right) == Some right && String.strip_suffix right (left ++ right) == Some left && String.append left right == left ++ right
test "take and drop" (n : Int) (text : String) =
  String.take n text ++ String.drop n text == text && String.drop_end n text ++ String.take_end n text == text && String.split_at n text == (String.take n text, String.drop n text)
    && String.length (String.take n text) == Int.clamp 0 (String.length text) n
test "slice" (start : Int) (end : Int) (text : String) when start >= 0 && end >= 0 = String.slice start end text == String.drop start (String.take end text)
test "slice from the end" (start : Int) (end : Int) (text : String) when start < 0 && end < 0 && start > Int.min_value && end > Int.min_value =
  String.slice start end text == String.slice (Int.max 0 (String.length text + start)) (Int.max 0 (String.length text + end)) text
test "index_of" (part : String) (text : String) =
  match String.index_of part text
  | Some index -> String.starts_with_from index part text && not (part != "" && String.contains part (String.take (index + String.length part - 1) text))
  | None -> not (String.contains part text)
test "last_index_of" (part : String) (text : String) =
  match String.last_index_of part text
  | Some index -> String.starts_with_from index part text && String.index_of_from (index + 1) part text == None
  | None -> not (String.contains part text)
test "byte_at" (i : Int) (text : String) = String.byte_at i text == List.get i (String.bytes text) && String.byte_or_minus i text == Option.with_default (-1) (List.get i (String.bytes text))
test "trim" (text : String) =
  let trimmed = String.trim text
  String.trim trimmed == trimmed && String.contains trimmed text && String.is_blank text == (trimmed == "") && String.trim_start (String.trim_end text) == trimmed
test "pad" (width : Int) (text : String) when width < 1000 =
  String.length (String.pad_start width "0" text) == Int.max width (String.length text) && String.ends_with text (String.pad_start width "ab" text)
    && String.starts_with text (String.pad_end width "ab" text)
test "repeat" (n : Int) (text : String) when n < 100 = String.repeat n text == String.concat (List.repeat n text)
test "case" (text : String) =
  String.to_lower (String.to_upper text) == String.to_lower text && String.equal_ignoring_case text (String.to_upper text)
    && String.to_upper text == String.from_bytes (List.map (fun byte -> if byte >= 97 && byte <= 122 then byte - 32 else byte) (String.bytes text))
test "equal_ignoring_case" (left : String) (right : String) = String.equal_ignoring_case left right == (String.to_lower left == String.to_lower right)
test "order is that of the bytes" (left : String) (right : String) = compare left right == compare (String.bytes left) (String.bytes right)
test "hash" (left : String) (right : String) = String.hash left >= 0 && (left != right || String.hash left == String.hash right) && String.hash (left ++ right) == String.hash (String.concat [left, right])
test "whole characters" (f : Char -> Bool) (text : String) when String.is_utf8 text =
  String.take_while f text ++ String.drop_while f text == text && String.filter f text == String.from_chars (List.filter f (String.chars text))
    && String.any f text == List.any f (String.chars text) && String.all f text == List.all f (String.chars text) && String.map (fun c -> c) text == text
    && String.reverse (String.reverse text) == text

test "numbers of characters" (n : Int) =
  match Char.of_int n
  | Some c -> Char.to_int c == n && String.chars (Char.to_string c) == [c] && n >= 0 && n <= 0x10ffff
  | None -> n < 0 || n > 0x10ffff || (n >= 0xd800 && n < 0xe000)
test "characters and their numbers" (c : Char) = Char.of_int (Char.to_int c) == Some c && String.is_utf8 (Char.to_string c)
test "kinds of characters" (c : Char) =
  Char.is_letter c == (Char.is_lower c || Char.is_upper c) && Char.is_alphanumeric c == (Char.to_digit 36 c != None) && Char.is_digit c == (Char.to_digit 10 c != None)
    && Char.is_hex_digit c == (Char.to_digit 16 c != None) && Char.to_lower (Char.to_upper c) == Char.to_lower c
    && (not (Char.is_letter c || Char.is_digit c || Char.is_space c || Char.is_control c) || Char.is_ascii c)
test "space is what trim takes" (c : Char) = Char.is_space c == (String.trim (Char.to_string c) == "")
