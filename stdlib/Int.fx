/// 64-bit integers. `+ - * / %` are checked: overflow and division by zero are faults. What wraps, says so in its name.

/// The smallest Int.
///
/// ```fx
/// Int.min_value == -9223372036854775808
/// ```
let min_value : Int = -9223372036854775808

/// The largest Int.
///
/// ```fx
/// Int.max_value == 9223372036854775807
/// ```
let max_value : Int = 9223372036854775807

// ---- Text ----

/// The decimal digits, with `-` in front of a negative one.
///
/// ```fx
/// Int.to_string (-42) == "-42"
/// ```
let to_string (n : Int) : String = "\(n)"

/// Reads decimal digits with an optional `-` or `+` in front; anything else, and what does not fit, is `None`.
///
/// ```fx
/// Int.parse "-42" == Some (-42)
/// Int.parse " 42" == None
/// Int.parse "" == None
/// Int.parse "9223372036854775808" == None
/// ```
let parse (text : String) : Option Int = parse_base 10 text

/// Reads digits of a base from 2 to 36, with an optional sign and no prefix. Letters of either case go on after 9.
///
/// ```fx
/// Int.parse_base 16 "fF" == Some 255
/// Int.parse_base 2 "-101" == Some (-5)
/// Int.parse_base 2 "2" == None
/// ```
extern let parse_base : Int -> String -> Option Int = "fx_int_parse_base"

/// The digits in a base from 2 to 36, small letters after 9, `-` in front of a negative one.
///
/// ```fx
/// Int.to_base 2 5 == "101"
/// Int.to_base 36 (-71) == "-1z"
/// ```
let to_base (base : Int) (n : Int) : String =
  if base < 2 || base > 36 then fault "Int.to_base: \(base) is not a base from 2 to 36" else digits base n

private extern let digits : Int -> Int -> String = "fx_int_digits"

/// The hexadecimal digits, small letters, no prefix.
///
/// ```fx
/// Int.to_hex 255 == "ff"
/// ```
let to_hex (n : Int) : String = to_base 16 n

// ---- Size and sign ----

/// The smaller of two.
///
/// ```fx
/// Int.min 2 1 == 1
/// ```
let min (a : Int) (b : Int) : Int = if b < a then b else a

/// The larger of two.
///
/// ```fx
/// Int.max 2 1 == 2
/// ```
let max (a : Int) (b : Int) : Int = if b > a then b else a

/// The nearest number that is not below `low` and not above `high`.
///
/// ```fx
/// Int.clamp 0 255 300 == 255
/// Int.clamp 0 255 (-3) == 0
/// ```
let clamp (low : Int) (high : Int) (n : Int) : Int = if n < low then low else if n > high then high else n

/// Without its sign. A fault for `min_value`, which has no positive counterpart.
///
/// ```fx
/// Int.abs (-3) == 3
/// ```
let abs (n : Int) : Int = if n < 0 then -n else n

/// -1, 0 or 1.
///
/// ```fx
/// Int.sign (-3) == -1
/// ```
let sign (n : Int) : Int = if n < 0 then -1 else if n > 0 then 1 else 0

/// Whether two divides it.
///
/// ```fx
/// Int.is_even 0
/// ```
let is_even (n : Int) : Bool = n % 2 == 0

/// Whether two does not divide it.
///
/// ```fx
/// Int.is_odd (-3)
/// ```
let is_odd (n : Int) : Bool = n % 2 != 0

// ---- Arithmetic ----

/// The remainder that has the divisor's sign, where `%` has that of the number divided.
///
/// ```fx
/// Int.modulo 3 (-1) == 2
/// Int.modulo 3 7 == 1
/// (-1) % 3 == -1
/// ```
let modulo (divisor : Int) (n : Int) : Int =
  let rest = wrapping_remainder n divisor
  if rest != 0 && (rest < 0) != (divisor < 0) then rest + divisor else rest

// min_value % -1 is 0, whatever the quotient.
private let wrapping_remainder (n : Int) (divisor : Int) : Int = if divisor == -1 then 0 else n % divisor

/// `base` multiplied with itself `exponent` times, checked like `*`; a negative exponent is a fault.
///
/// ```fx
/// Int.power 2 10 == 1024
/// Int.power 7 0 == 1
/// ```
let power (base : Int) (exponent : Int) : Int =
  if exponent < 0 then fault "Int.power: the exponent \(exponent) is negative" else power_onto 1 base exponent

private let power_onto (done : Int) (base : Int) (exponent : Int) : Int =
  if exponent == 0 then done
  else if exponent == 1 then done * base
  else power_onto (if is_odd exponent then done * base else done) (base * base) (exponent / 2)

/// The largest Int that divides both, never negative; 0 only for two zeros.
///
/// ```fx
/// Int.greatest_common_divisor 12 (-18) == 6
/// ```
let greatest_common_divisor (a : Int) (b : Int) : Int =
  if b == 0 then abs a else greatest_common_divisor b (wrapping_remainder a b)

/// The quotient rounded down, to which `modulo` is the remainder. Division by zero is a fault.
///
/// ```fx
/// Int.divide_floor (-7) 2 == -4
/// Int.divide_floor 7 2 == 3
/// ```
let divide_floor (dividend : Int) (divisor : Int) : Int =
  let quotient = dividend / divisor
  if dividend % divisor != 0 && (dividend < 0) != (divisor < 0) then quotient - 1 else quotient

/// The quotient rounded up. Division by zero is a fault.
///
/// ```fx
/// Int.divide_ceiling 7 2 == 4
/// Int.divide_ceiling (-7) 2 == -3
/// ```
let divide_ceiling (dividend : Int) (divisor : Int) : Int =
  let quotient = dividend / divisor
  if dividend % divisor != 0 && (dividend < 0) == (divisor < 0) then quotient + 1 else quotient

/// The smallest number that both divide, not negative.
///
/// ```fx
/// Int.least_common_multiple 4 6 == 12
/// Int.least_common_multiple 0 6 == 0
/// ```
let least_common_multiple (a : Int) (b : Int) : Int =
  if a == 0 || b == 0 then 0 else abs (a / greatest_common_divisor a b * b)

/// The largest number whose square is no more than this one. A negative one is a fault.
///
/// ```fx
/// Int.square_root 15 == 3
/// Int.square_root 16 == 4
/// Int.square_root Int.max_value == 3_037_000_499
/// ```
let square_root (n : Int) : Int =
  if n < 0 then fault "the square root of the negative number \(n)"
  else if n < 2 then n
  else shrink_root n (min 3_037_000_499 n)

// Newton's method from above (Heron): each guess is at least the root, and the first that does not fall is it.
private let shrink_root (n : Int) (guess : Int) : Int =
  let next = (guess + n / guess) / 2
  if next >= guess then guess else shrink_root n next

/// The sum modulo 2^64.
///
/// ```fx
/// Int.wrapping_add Int.max_value 1 == Int.min_value
/// ```
extern let wrapping_add : Int -> Int -> Int = "fx_int_wrapping_add"

/// The first less the second, modulo 2^64.
///
/// ```fx
/// Int.wrapping_subtract Int.min_value 1 == Int.max_value
/// ```
extern let wrapping_subtract : Int -> Int -> Int = "fx_int_wrapping_subtract"

/// The product modulo 2^64.
///
/// ```fx
/// Int.wrapping_multiply Int.max_value 2 == -2
/// ```
extern let wrapping_multiply : Int -> Int -> Int = "fx_int_wrapping_multiply"

/// The sum, or `None` where `+` would be a fault.
///
/// ```fx
/// Int.checked_add 1 2 == Some 3
/// Int.checked_add Int.max_value 1 == None
/// ```
extern let checked_add : Int -> Int -> Option Int = "fx_int_checked_add"

/// The first less the second, or `None` where `-` would be a fault.
///
/// ```fx
/// Int.checked_subtract Int.min_value 1 == None
/// ```
extern let checked_subtract : Int -> Int -> Option Int = "fx_int_checked_subtract"

/// The product, or `None` where `*` would be a fault.
///
/// ```fx
/// Int.checked_multiply Int.max_value 2 == None
/// ```
extern let checked_multiply : Int -> Int -> Option Int = "fx_int_checked_multiply"

// ---- Bits ----

/// The bits that are set in both.
///
/// ```fx
/// Int.bit_and 0b1100 0b1010 == 0b1000
/// ```
extern let bit_and : Int -> Int -> Int = "fx_int_bit_and"

/// The bits that are set in one or both.
///
/// ```fx
/// Int.bit_or 0b1100 0b1010 == 0b1110
/// ```
extern let bit_or : Int -> Int -> Int = "fx_int_bit_or"

/// The bits that are set in exactly one.
///
/// ```fx
/// Int.bit_xor 0b1100 0b1010 == 0b0110
/// ```
extern let bit_xor : Int -> Int -> Int = "fx_int_bit_xor"

/// Every bit turned over.
///
/// ```fx
/// Int.bit_not 0 == -1
/// ```
let bit_not (n : Int) : Int = -1 - n

/// Moves the bits up by `count` places, zeros coming in below; what goes out above is lost. A negative count is a fault.
///
/// ```fx
/// Int.shift_left 4 1 == 16
/// Int.shift_left 64 1 == 0
/// ```
let shift_left (count : Int) (n : Int) : Int = shift_left_by (shift_count count) n

/// Moves the bits down by `count` places, copies of the sign coming in above. A negative count is a fault.
///
/// ```fx
/// Int.shift_right 1 (-4) == -2
/// ```
let shift_right (count : Int) (n : Int) : Int = shift_right_by (shift_count count) n

/// Moves the bits down by `count` places, zeros coming in above. A negative count is a fault.
///
/// ```fx
/// Int.shift_right_zeros 60 (-1) == 15
/// ```
let shift_right_zeros (count : Int) (n : Int) : Int = shift_right_zeros_by (shift_count count) n

private extern let shift_left_by : Int -> Int -> Int = "fx_int_shift_left"
private extern let shift_right_by : Int -> Int -> Int = "fx_int_shift_right"
private extern let shift_right_zeros_by : Int -> Int -> Int = "fx_int_shift_right_zeros"

private let shift_count (count : Int) : Int =
  if count < 0 then fault "a shift by the negative count \(count)" else count

/// How many bits are set.
///
/// ```fx
/// Int.count_ones 0b1011 == 3
/// Int.count_ones (-1) == 64
/// ```
extern let count_ones : Int -> Int = "fx_int_count_ones"

/// How many zeros stand above the highest bit that is set; 64 for 0.
///
/// ```fx
/// Int.leading_zeros 1 == 63
/// ```
extern let leading_zeros : Int -> Int = "fx_int_leading_zeros"

/// How many zeros stand below the lowest bit that is set; 64 for 0.
///
/// ```fx
/// Int.trailing_zeros 8 == 3
/// ```
extern let trailing_zeros : Int -> Int = "fx_int_trailing_zeros"
