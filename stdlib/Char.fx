/// Characters: each is one Unicode scalar value. What is said of letters here is said of ASCII letters only.

/// The number that Unicode gives it.
///
/// ```fx
/// Char.to_int 'a' == 97
/// Char.to_int '€' == 0x20ac
/// ```
extern let to_int : Char -> Int = "fx_char_number"

private extern let of_scalar : Int -> Char = "fx_char_of_scalar"

/// The character of a number, if it is one: up to 0x10ffff, and no surrogate.
///
/// ```fx
/// Char.of_int 97 == Some 'a'
/// Char.of_int 0xd800 == None
/// Char.of_int (-1) == None
/// ```
let of_int (number : Int) : Option Char =
  if number < 0 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff) then None
  else Some (of_scalar number)

/// The text of one character.
///
/// ```fx
/// Char.to_string 'é' == "é"
/// ```
let to_string (c : Char) : String = "\(c)"

/// One of `0` to `9`.
///
/// ```fx
/// Char.is_digit '7'
/// Char.is_digit 'x' == False
/// ```
let is_digit (c : Char) : Bool = c >= '0' && c <= '9'

/// A digit of a hexadecimal number, in either case.
///
/// ```fx
/// Char.is_hex_digit 'f'
/// Char.is_hex_digit 'g' == False
/// ```
let is_hex_digit (c : Char) : Bool = is_digit c || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')

/// One of `a` to `z`.
///
/// ```fx
/// Char.is_lower 'a'
/// ```
let is_lower (c : Char) : Bool = c >= 'a' && c <= 'z'

/// One of `A` to `Z`.
///
/// ```fx
/// Char.is_upper 'A'
/// ```
let is_upper (c : Char) : Bool = c >= 'A' && c <= 'Z'

/// A letter of either case.
///
/// ```fx
/// Char.is_letter 'a'
/// Char.is_letter '1' == False
/// ```
let is_letter (c : Char) : Bool = is_lower c || is_upper c

/// A letter or a digit.
///
/// ```fx
/// Char.is_alphanumeric '1'
/// Char.is_alphanumeric '_' == False
/// ```
let is_alphanumeric (c : Char) : Bool = is_letter c || is_digit c

/// Blank, tab, or an end of line or page.
///
/// ```fx
/// Char.is_space '\t'
/// Char.is_space '_' == False
/// ```
let is_space (c : Char) : Bool =
  match c
  | ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' -> True
  | _ -> False

/// The capital of a lower-case letter; any other character stays.
///
/// ```fx
/// Char.to_upper 'a' == 'A'
/// Char.to_upper '1' == '1'
/// ```
let to_upper (c : Char) : Char = if is_lower c then of_scalar (to_int c - 32) else c

/// The lower-case letter of a capital; any other character stays.
///
/// ```fx
/// Char.to_lower 'A' == 'a'
/// ```
let to_lower (c : Char) : Char = if is_upper c then of_scalar (to_int c + 32) else c

/// What the character stands for as a digit of a number in this base, 2 to 36; letters of either case go on after 9.
///
/// ```fx
/// Char.to_digit 10 '7' == Some 7
/// Char.to_digit 16 'f' == Some 15
/// Char.to_digit 8 '9' == None
/// ```
let to_digit (base : Int) (c : Char) : Option Int =
  let value = digit_value c
  if value >= 0 && value < base then Some value else None

private let digit_value (c : Char) : Int =
  if is_digit c then to_int c - to_int '0'
  else if is_letter c then to_int (to_lower c) - to_int 'a' + 10
  else -1

/// One of the 128 of ASCII.
///
/// ```fx
/// Char.is_ascii 'a'
/// Char.is_ascii 'ä' == False
/// ```
let is_ascii (c : Char) : Bool = to_int c < 128

/// A control character of ASCII.
///
/// ```fx
/// Char.is_control '\n'
/// Char.is_control ' ' == False
/// ```
let is_control (c : Char) : Bool = to_int c < 32 || to_int c == 127
