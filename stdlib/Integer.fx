/// Integers without bound. Nothing overflows; `==`, `<` and `compare` go by value.
///
/// ```fx program
/// import Console
/// import Integer
/// import List
///
/// let main (args : List String) : Unit ! {Console} =
///   let product = List.fold (fun done n -> Integer.multiply done (Integer.of_int n)) Integer.one (List.range 1 30)
///   Console.print_line (Integer.to_string product)
/// ```

// What fits in an Int is `Small`. The others have the number of bytes of their magnitude, and those bytes, the highest first; a negative
// one has both negated, bit by bit. So structural comparison is comparison by value.
opaque type Integer =
  | Negative Int String
  | Small Int
  | Positive Int String

/// 0.
///
/// ```fx
/// Integer.to_int Integer.zero == Some 0
/// ```
let zero : Integer = Small 0

/// 1.
///
/// ```fx
/// Integer.to_int Integer.one == Some 1
/// ```
let one : Integer = Small 1

/// An Int as an Integer.
///
/// ```fx
/// Integer.to_string (Integer.of_int 42) == "42"
/// ```
let of_int (n : Int) : Integer = Small n

/// The Int, if it fits in one.
///
/// ```fx
/// Integer.to_int (Integer.of_int 42) == Some 42
/// Integer.to_int (Integer.power (Integer.of_int 2) 64) == None
/// ```
let to_int (n : Integer) : Option Int =
  match n
  | Small int -> Some int
  | _ -> None

/// Reads decimal digits with an optional `-` or `+` in front; anything else is `None`.
///
/// ```fx
/// Option.map Integer.to_string (Integer.parse "-9223372036854775809") == Some "-9223372036854775809"
/// Integer.parse "1e3" == None
/// ```
extern let parse : String -> Option Integer = "fx_integer_parse"

/// The decimal digits, with `-` in front of a negative one.
///
/// ```fx
/// Integer.to_string (Integer.power (Integer.of_int 10) 20) == "100000000000000000000"
/// ```
let to_string (n : Integer) : String =
  match n
  | Small int -> "\(int)"
  | _ -> digits n

/// The number that a program means by these digits, with `-` or `+` in front or not; another text is a fault. `parse` is for texts from outside.
///
/// ```fx
/// Integer.of_string "100000000000000000000" == Integer.power (Integer.of_int 10) 20
/// ```
let of_string (text : String) : Integer =
  match parse text
  | Some n -> n
  | None -> fault "Integer.of_string: no number: \(show text)"

/// How the number is written in a program, as `show` says it.
///
/// ```fx
/// Integer.to_source (Integer.of_int 42) == "Integer.of_int 42"
/// show (Some (Integer.of_int (-1))) == "Some (Integer.of_int (-1))"
/// show (Integer.power (Integer.of_int 10) 20) == "Integer.of_string \"100000000000000000000\""
/// ```
let to_source (n : Integer) : String =
  match n
  | Small int when int < 0 -> "Integer.of_int (\(int))"
  | Small int -> "Integer.of_int \(int)"
  | _ -> "Integer.of_string \"\(digits n)\""

/// The number that the bytes hold, the highest first, in two's complement: it is negative if the first bit is set.
///
/// ```fx
/// Integer.from_bytes "\x01\0" == Integer.of_int 256
/// Integer.from_bytes "\xff" == Integer.of_int (-1)
/// Integer.from_bytes "" == Integer.zero
/// ```
extern let from_bytes : String -> Integer = "fx_integer_from_bytes"

private extern let digits : Integer -> String = "fx_integer_digits"

/// The sum.
///
/// ```fx
/// Integer.add (Integer.of_int 1) (Integer.of_int 2) == Integer.of_int 3
/// ```
extern let add : Integer -> Integer -> Integer = "fx_integer_add"

/// The first less the second.
///
/// ```fx
/// Integer.subtract (Integer.of_int 1) (Integer.of_int 2) == Integer.of_int (-1)
/// ```
extern let subtract : Integer -> Integer -> Integer = "fx_integer_subtract"

/// The product.
///
/// ```fx
/// Integer.multiply (Integer.of_int 6) (Integer.of_int 7) == Integer.of_int 42
/// ```
extern let multiply : Integer -> Integer -> Integer = "fx_integer_multiply"

/// The quotient, toward zero like `/`; division by zero is a fault.
///
/// ```fx
/// Integer.divide (Integer.of_int (-7)) (Integer.of_int 2) == Integer.of_int (-3)
/// ```
let divide (number : Integer) (divisor : Integer) : Integer =
  if divisor == zero then fault "Integer.divide: division by zero" else quotient number divisor

private extern let quotient : Integer -> Integer -> Integer = "fx_integer_quotient"

/// What division leaves, with the sign of the number divided like `%`; division by zero is a fault.
///
/// ```fx
/// Integer.remainder (Integer.of_int (-7)) (Integer.of_int 2) == Integer.of_int (-1)
/// ```
let remainder (number : Integer) (divisor : Integer) : Integer =
  if divisor == zero then fault "Integer.remainder: division by zero" else rest number divisor

private extern let rest : Integer -> Integer -> Integer = "fx_integer_rest"

/// The first multiplied with itself so many times; a negative exponent is a fault.
///
/// ```fx
/// Integer.power (Integer.of_int 3) 4 == Integer.of_int 81
/// ```
let power (base : Integer) (exponent : Int) : Integer =
  if exponent < 0 then fault "Integer.power: the exponent \(exponent) is negative" else raise base exponent

private extern let raise : Integer -> Int -> Integer = "fx_integer_raise"

/// The largest that divides both, never negative; 0 only for two zeros.
///
/// ```fx
/// Integer.greatest_common_divisor (Integer.of_int 12) (Integer.of_int 18) == Integer.of_int 6
/// ```
extern let greatest_common_divisor : Integer -> Integer -> Integer = "fx_integer_greatest_common_divisor"

/// Which of two is larger, as `compare` says it too.
///
/// ```fx
/// Integer.compare Integer.zero Integer.one == Less
/// ```
let compare (left : Integer) (right : Integer) : Ordering =
  if left < right then Less else if left == right then Equal else Greater

/// With the other sign.
///
/// ```fx
/// Integer.negate Integer.one == Integer.of_int (-1)
/// ```
let negate (n : Integer) : Integer = subtract zero n

/// Without its sign.
///
/// ```fx
/// Integer.abs (Integer.of_int (-3)) == Integer.of_int 3
/// ```
let abs (n : Integer) : Integer = if n < zero then negate n else n

/// -1, 0 or 1.
///
/// ```fx
/// Integer.sign (Integer.of_int (-3)) == -1
/// ```
let sign (n : Integer) : Int = if n < zero then -1 else if n > zero then 1 else 0
