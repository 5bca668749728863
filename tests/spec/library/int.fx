// The laws of Int and Float, for any numbers; Int against Integer, which is exact.
import Float
import Int
import Integer
import List
import Option
import String

let exact (n : Int) : Integer = Integer.of_int n

test "checked arithmetic" (a : Int) (b : Int) =
  Int.checked_add a b == Integer.to_int (Integer.add (exact a) (exact b)) && Int.checked_subtract a b == Integer.to_int (Integer.subtract (exact a) (exact b))
    && Int.checked_multiply a b == Integer.to_int (Integer.multiply (exact a) (exact b))

// The only Int that is equal to the exact result modulo 2^64.
let wraps (exact_result : Integer) (result : Int) : Bool =
  Integer.remainder (Integer.subtract exact_result (exact result)) (Integer.power (exact 2) 64) == Integer.zero

test "wrapping arithmetic" (a : Int) (b : Int) =
  wraps (Integer.add (exact a) (exact b)) (Int.wrapping_add a b) && wraps (Integer.subtract (exact a) (exact b)) (Int.wrapping_subtract a b)
    && wraps (Integer.multiply (exact a) (exact b)) (Int.wrapping_multiply a b)
test "division" (a : Int) (b : Int) when b != 0 && b != -1 =
  a / b * b + a % b == a && Integer.divide (exact a) (exact b) == exact (a / b) && Integer.remainder (exact a) (exact b) == exact (a % b)
    && Integer.add (Integer.multiply (exact (Int.divide_floor a b)) (exact b)) (exact (Int.modulo b a)) == exact a
    && (Int.modulo b a == 0 || (Int.modulo b a < 0) == (b < 0)) && Int.divide_ceiling a b == Int.divide_floor a b + (if Int.modulo b a == 0 then 0 else 1)
test "divisors" (a : Int) (b : Int) when a > Int.min_value && b > Int.min_value =
  let divisor = Int.greatest_common_divisor a b
  exact divisor == Integer.greatest_common_divisor (exact a) (exact b) && (divisor == 0) == (a == 0 && b == 0) && (divisor == 0 || a % divisor == 0 && b % divisor == 0)
test "multiples" (a : Int) (b : Int) when Int.checked_multiply a b != None && Int.checked_multiply a b != Some Int.min_value && a > Int.min_value && b > Int.min_value =
  Int.least_common_multiple a b * Int.greatest_common_divisor a b == Int.abs (a * b)
test "power" (a : Int) (exponent : Int) when a >= -100 && a <= 100 && exponent >= 0 && exponent < 9 =
  exact (Int.power a exponent) == Integer.power (exact a) exponent && Int.power a (exponent + 1) == a * Int.power a exponent
test "square_root" (n : Int) when n >= 0 =
  let root = exact (Int.square_root n)
  Integer.multiply root root <= exact n && Integer.multiply (Integer.add root Integer.one) (Integer.add root Integer.one) > exact n
test "digits" (n : Int) =
  Int.parse (Int.to_string n) == Some n && Integer.to_string (exact n) == Int.to_string n && Int.parse_base 16 (Int.to_hex n) == Some n
    && List.all (fun base -> Int.parse_base base (Int.to_base base n) == Some n && Int.parse_base base (String.to_upper (Int.to_base base n)) == Some n) (List.range 2 36)
test "parse is what is left of a number" (text : String) = Option.map Integer.to_int (Integer.parse text) == Some (Int.parse text) || Int.parse text == None
test "bits" (a : Int) (b : Int) =
  Int.bit_xor a b == Int.bit_and (Int.bit_or a b) (Int.bit_not (Int.bit_and a b)) && Int.wrapping_add (Int.bit_and a b) (Int.bit_or a b) == Int.wrapping_add a b
    && Int.bit_not (Int.bit_not a) == a && Int.count_ones a + Int.count_ones (Int.bit_not a) == 64
test "shifts" (count : Int) (n : Int) when count >= 0 && count < 100 =
  Int.shift_left count n == List.fold (fun done _ -> Int.wrapping_add done done) n (List.range 1 count)
    && Int.shift_right count n == List.fold (fun done _ -> Int.divide_floor done 2) n (List.range 1 count)
    && Int.shift_right_zeros count n == Int.bit_and (Int.shift_right count n) (if count == 0 then -1 else if count > 63 then 0 else Int.shift_right (count - 1) Int.max_value)
test "zeros" (n : Int) when n != 0 =
  Int.shift_right_zeros (63 - Int.leading_zeros n) n == 1 && Int.is_odd (Int.shift_right_zeros (Int.trailing_zeros n) n)
test "size and sign" (a : Int) (b : Int) (c : Int) =
  (Int.min a b, Int.max a b) == (if a <= b then (a, b) else (b, a)) && Int.is_even a != Int.is_odd a
    && Int.clamp (Int.min a b) (Int.max a b) c == Int.max (Int.min a b) (Int.min c (Int.max a b)) && exact (Int.sign a) == exact (Integer.sign (exact a))

// ---- Float ----

let is_same (x : Float) (y : Float) : Bool = Float.to_bits x == Float.to_bits y || Float.is_nan x && Float.is_nan y

test "text of a Float reads back" (x : Float) = Option.map (fun y -> is_same x y) (Float.parse (Float.to_string x)) == Some True
test "any bits" (bits : Int) (more : Int) =
  let x = Float.of_bits (Int.bit_xor bits (Int.wrapping_multiply more 0x9e3779b97f4a7c1))
  Option.map (fun y -> is_same x y) (Float.parse (Float.to_string x)) == Some True && is_same (Float.of_bits (Float.to_bits x)) x
test "text of a Float is no Int's" (x : Float) when Float.is_finite x =
  let text = Float.to_string x
  (String.contains "." text || String.contains "e" text) && Int.parse text == None
test "rounding" (x : Float) when Float.is_finite x =
  Float.floor x <= x && x <= Float.ceil x && Float.ceil x == -(Float.floor (-x)) && Float.abs (Float.trunc x) == Float.floor (Float.abs x)
    && Float.is_whole (Float.round x) && Float.abs (Float.round x - x) <= 0.5 && Float.is_whole x == (Float.floor x == x)
test "whole part" (x : Float) =
  match Float.to_int x
  | Some n -> Float.of_int n == Float.trunc x
  | None -> Float.is_nan x || Float.abs x >= 9e18
test "there and back" (n : Int) when Int.abs (n / 1024) < 9_000_000_000_000 = Float.to_int (Float.of_int n) == Some n || Int.abs (n / 1024) >= 8_796_093_022_208
test "decimals" (x : Float) (decimals : Int) when Float.is_finite x && decimals >= 1 && decimals < 30 =
  let text = Float.format decimals x
  Option.map String.length (Option.map (fun (_, after) -> after) (String.split_once "." text)) == Some decimals
test "order is total" (x : Float) (y : Float) (z : Float) = (compare x y == Equal) == (compare y x == Equal) && (compare x y != Less || compare y z != Less || compare x z == Less)
test "sorting is safe with what is not a number" (xs : List Float) =
  let sorted = List.sort (Float.nan :: xs)
  List.length sorted == List.length xs + 1 && List.all (fun (x, y) -> compare x y != Greater) (List.pairs sorted)
