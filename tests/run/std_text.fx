// String, Char, Int, Float, Bool: ends of ranges, bytes that are no text, long texts.
import Bool
import Char
import Console
import Float
import Int
import List
import String

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

let strings : Unit ! {Console} =
  do! check "NUL" (String.length "a\0b" == 3 && String.split "\0" "a\0b" == ["a", "b"] && "a\0b" != "a\0c")
  do! check "chars" (String.chars "é€😀\xff\xe2\x82" == ['é', '€', '😀', '\u{FFFD}', '\u{FFFD}', '\u{FFFD}'])
  do! check "chars there and back" (String.from_chars (String.chars "größer 😀") == "größer 😀")
  do! check "bytes there and back" (String.from_bytes (String.bytes "\0\x80\xff") == "\0\x80\xff" && String.from_bytes [256 + 65, -1] == "A\xff")
  do! check "utf8" (String.is_utf8 "" && String.is_utf8 "\u{FFFD}" && String.is_utf8 "\xed\xa0\x80" == False && String.is_utf8 "\xc0\x80" == False)
  do! check "slice" (String.slice 0 (-1) "" == "" && String.slice (-3) (-1) "abc" == "ab" && String.slice Int.min_value Int.max_value "abc" == "abc")
  do! check "split" (String.split "," "," == ["", ""] && String.split ", " "a, b,c" == ["a", "b,c"] && String.split "" "" == [])
  do! check "join undoes split" (String.join "ab" (String.split "ab" "xabyababz") == "xabyababz")
  do! check "lines" (String.lines "a\r\n\r\nb\n\n" == ["a", "", "b", ""] && String.lines "\n" == [""] && String.lines "a\rb" == ["a\rb"])
  do! check "words" (String.words "" == [] && String.words " \t\r\n" == [] && String.words "a" == ["a"])
  do! check "index_of" (String.index_of "" "" == Some 0 && String.index_of "x" "" == None && String.index_of_from 5 "a" "aaa" == None && String.index_of_from (-5) "a" "ba" == Some 1)
  do! check "last_index_of" (String.last_index_of "aa" "aaa" == Some 1 && String.last_index_of "" "ab" == Some 2)
  do! check "replace" (String.replace "aa" "b" "aaaaa" == "bba" && String.replace "a" "" "banana" == "bnn" && String.replace "x" "y" "abc" == "abc")
  do! check "ends" (String.starts_with "abc" "ab" == False && String.ends_with "abc" "bc" == False && String.ends_with "" "")
  do! check "take and drop" (String.take (-1) "ab" == "" && String.drop (-1) "ab" == "ab" && String.take_end 5 "ab" == "ab" && String.drop_end 5 "ab" == "" && String.take_end (-1) "ab" == "")
  do! check "strip" (String.strip_prefix "" "a" == Some "a" && String.strip_suffix "a" "a" == Some "" && String.strip_prefix "ab" "a" == None)
  do! check "trim" (String.trim "\t\u{B} a\u{C}" == "a" && String.trim "   " == "" && String.trim_end "\n" == "")
  do! check "pad" (String.pad_start 5 "ab" "x" == "ababx" && String.pad_end 3 "" "x" == "x" && String.pad_start (-3) "0" "x" == "x" && String.pad_end Int.min_value "0" "xy" == "xy")
  do! check "case" (String.to_upper "éa" == "éA" && String.equal_ignoring_case "aB" "Ab" && String.equal_ignoring_case "a" "ab" == False && String.equal_ignoring_case "[" "{" == False)
  do! check "count" (String.count "aa" "aaaa" == 2)
  do! check "order" ("a" < "b" && "a" < "aa" && "Z" < "a" && "\x7f" < "\x80" && compare "b" "abc" == Greater)
  let long = String.repeat 1000000 "ab"
  do! check "long" (String.length long == 2000000 && String.count "ba" long == 999999 && List.length (String.split "a" long) == 1000001)
  do! check "long chars" (List.length (String.chars long) == 2000000 && String.reverse long == String.repeat 1000000 "ba")
  check "built piece by piece" (List.fold (fun text _ -> text ++ "x") "" (List.range 1 200000) == String.repeat 200000 "x")

let ints : Unit ! {Console} =
  do! check "parse" (Int.parse "-9223372036854775808" == Some Int.min_value && Int.parse "+0" == Some 0 && Int.parse "00012" == Some 12)
  do! check "no number" (List.all (fun text -> Int.parse text == None) ["", "-", "+", "1_000", "0x10", "1 ", "1\0", "--1", "9223372036854775808", "-9223372036854775809", "١"])
  do! check "bases" (Int.parse_base 2 "11111111" == Some 255 && Int.parse_base 36 "Zz" == Some 1295 && Int.parse_base 1 "0" == None && Int.parse_base 37 "0" == None)
  do! check "to_base" (Int.to_base 2 Int.min_value == "-1" ++ String.repeat 63 "0" && Int.to_base 10 0 == "0" && Int.to_hex (-255) == "-ff")
  do! check "there and back" (List.all (fun n -> Int.parse (Int.to_string n) == Some n && Int.parse_base 7 (Int.to_base 7 n) == Some n) [0, 1, -1, Int.max_value, Int.min_value, 123456789])
  do! check "wrapping" (Int.wrapping_add Int.min_value (-1) == Int.max_value && Int.wrapping_multiply Int.min_value (-1) == Int.min_value)
  do! check "checked" (Int.checked_add Int.min_value (-1) == None && Int.checked_multiply Int.min_value (-1) == None && Int.checked_subtract 0 Int.max_value == Some (-9223372036854775807))
  do! check "shifts" (Int.shift_left 63 1 == Int.min_value && Int.shift_right 99 (-5) == -1 && Int.shift_right_zeros 64 (-1) == 0 && Int.shift_right_zeros 1 (-1) == Int.max_value)
  do! check "bits" (Int.bit_not Int.max_value == Int.min_value && Int.bit_xor (-1) 1 == -2 && Int.leading_zeros 0 == 64 && Int.trailing_zeros Int.min_value == 63)
  do! check "modulo" (List.map (fun n -> Int.modulo 3 n) [-4, -3, -1, 0, 4] == [2, 0, 2, 0, 1] && Int.modulo (-3) 4 == -2 && Int.modulo (-1) Int.min_value == 0)
  do! check "power" (Int.power 2 62 == 4611686018427387904 && Int.power (-2) 63 == Int.min_value && Int.power 0 0 == 1 && Int.power 1 Int.max_value == 1)
  check "divisor" (Int.greatest_common_divisor 0 0 == 0 && Int.greatest_common_divisor (-12) 18 == 6)

let floats : Unit ! {Console} =
  do! check "parse" (Float.parse ".5" == Some 0.5 && Float.parse "5." == Some 5.0 && Float.parse "-1.5e-3" == Some (-0.0015) && Float.parse "inf" == Some Float.infinity)
  do! check "no number" (List.all (fun text -> Float.parse text == None) ["", ".", "-", "1e", "1e+", "0x1p3", " 1", "1 ", "1,5", "infinity", "1\0", "e1"])
  do! check "there and back" (List.all (fun x -> Float.parse (Float.to_string x) == Some x) [0.1, 1e300, -5e-324, 1.7976931348623157e308, 123456789.123, 3.0])
  do! check "to_int" (Float.to_int 9.3e18 == None && Float.to_int (-9223372036854775808.0) == Some Int.min_value && Float.to_int Float.infinity == None && Float.to_int 0.9 == Some 0)
  do! check "rounding" (Float.round (-0.5) == -1.0 && Float.floor 1.9 == 1.0 && Float.ceil (-1.9) == -1.0 && Float.trunc 1e300 == 1e300)
  do! check "nan" (Float.is_nan Float.nan && Float.is_nan (Float.infinity - Float.infinity) && Float.is_finite Float.nan == False)
  do! check "format" (Float.format 3 (-0.0005) == "-0.001" || Float.format 3 (-0.0005) == "-0.000")
  do! check "format large" (String.length (Float.format 2 1e300) == 304 && Float.format 1 Float.infinity == "inf" && Float.format 0 Float.nan == "nan")
  do! check "bits" (Float.of_bits (Float.to_bits (-2.5)) == -2.5 && Float.to_bits (-0.0) == Int.min_value)
  do! check "functions" (Float.power 2.0 10.0 == 1024.0 && Float.abs (Float.sin Float.pi) < 1e-15 && Float.log Float.e == 1.0 && Float.cbrt (-8.0) == -2.0)
  check "sums" (Float.sum (List.repeat 1000 0.5) == 500.0 && Float.clamp 0.0 1.0 Float.infinity == 1.0)

let chars : Unit ! {Console} =
  do! check "numbers" (Char.of_int 0x10ffff == Some '\u{10FFFF}' && Char.of_int 0x110000 == None && Char.of_int 0xdfff == None && Char.to_int '\0' == 0)
  do! check "kinds" (List.all Char.is_space [' ', '\t', '\n', '\r'] && Char.is_letter 'é' == False && Char.is_alphanumeric 'Z')
  do! check "case" (Char.to_upper 'z' == 'Z' && Char.to_lower '[' == '[' && Char.to_upper 'é' == 'é')
  do! check "digits" (Char.to_digit 36 'Z' == Some 35 && Char.to_digit 2 '2' == None && Char.to_digit 10 '-' == None)
  check "bools" (Bool.parse (Bool.to_string True) == Some True && Bool.xor True True == False && Bool.to_int False == 0)

let main (_ : List String) : Unit ! {Console} =
  do! strings
  do! ints
  do! floats
  do! chars
  Console.print_line "done"
