// The laws of Integer, for numbers of any size.
import Bytes
import Int
import Integer
import List
import Option
import String

// Digits in base 2^64, so that there are large numbers among them.
let number (digits : List Int) : Integer =
  List.fold (fun done digit -> Integer.add (Integer.multiply done (Integer.power (Integer.of_int 2) 64)) (Integer.of_int digit)) Integer.zero digits

test "ring" (x : List Int) (y : List Int) (z : List Int) =
  let (a, b, c) = (number x, number y, number z)
  Integer.add a b == Integer.add b a && Integer.add (Integer.add a b) c == Integer.add a (Integer.add b c) && Integer.multiply a b == Integer.multiply b a
    && Integer.multiply (Integer.multiply a b) c == Integer.multiply a (Integer.multiply b c)
    && Integer.multiply a (Integer.add b c) == Integer.add (Integer.multiply a b) (Integer.multiply a c)
    && Integer.subtract a b == Integer.add a (Integer.negate b) && Integer.add a (Integer.negate a) == Integer.zero && Integer.multiply a Integer.one == a
test "division" (x : List Int) (y : List Int) when number y != Integer.zero =
  let (a, b) = (number x, number y)
  let rest = Integer.remainder a b
  Integer.add (Integer.multiply (Integer.divide a b) b) rest == a && Integer.abs rest < Integer.abs b && (rest == Integer.zero || Integer.sign rest == Integer.sign a)
test "order" (x : List Int) (y : List Int) =
  let (a, b) = (number x, number y)
  compare a b == compare (Integer.sign (Integer.subtract a b)) 0 && Integer.compare a b == compare a b && (a == b) == (Integer.to_string a == Integer.to_string b)
test "text" (x : List Int) =
  Integer.parse (Integer.to_string (number x)) == Some (number x) && Integer.parse ("+" ++ Integer.to_string (Integer.abs (number x))) == Some (Integer.abs (number x))
test "Ints" (x : List Int) =
  match Integer.to_int (number x)
  | Some n -> Integer.of_int n == number x
  | None -> number x > Integer.of_int Int.max_value || number x < Integer.of_int Int.min_value
test "power" (x : List Int) (exponent : Int) when exponent >= 0 && exponent < 12 =
  Integer.power (number x) exponent == List.fold (fun done _ -> Integer.multiply done (number x)) Integer.one (List.range 1 exponent)
test "divisor" (x : List Int) (y : List Int) =
  let (a, b) = (number x, number y)
  let divisor = Integer.greatest_common_divisor a b
  if divisor == Integer.zero then a == Integer.zero && b == Integer.zero
  else
    Integer.remainder a divisor == Integer.zero && Integer.remainder b divisor == Integer.zero && Integer.sign divisor == 1
      && Integer.greatest_common_divisor (Integer.divide a divisor) (Integer.divide b divisor) == Integer.one
test "parse takes digits only" (text : String) =
  let digits = Option.with_default (Option.with_default text (String.strip_prefix "+" text)) (String.strip_prefix "-" text)
  (Integer.parse text != None) == (digits != "" && List.all (fun byte -> byte >= 48 && byte <= 57) (String.bytes digits))
test "a program's text" (n : Integer) =
  Integer.of_string (Integer.to_string n) == n && show n == Integer.to_source n && show (Some n) == "Some (\(Integer.to_source n))"
    && (if Integer.to_int n == None then Integer.to_source n == "Integer.of_string \"\(Integer.to_string n)\"" else String.starts_with "Integer.of_int " (show n))
test "from bytes" (text : String) (n : Int) =
  let bytes = String.bytes text
  let magnitude = List.fold (fun done byte -> Integer.add (Integer.multiply done (Integer.of_int 256)) (Integer.of_int byte)) Integer.zero bytes
  let bias = Integer.power (Integer.of_int 256) (String.length text)
  Integer.from_bytes text == (if String.byte_or_minus 0 text > 127 then Integer.subtract magnitude bias else magnitude)
    && Integer.from_bytes (Bytes.write Bytes.Big 8 n) == Integer.of_int n
