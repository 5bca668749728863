/// Numbers with a point: IEEE 754 doubles. Nothing here is a fault; what has no answer is `nan`, what is too large `infinity`.

import List

/// The ratio of a circle's circumference to its diameter.
///
/// ```fx
/// Float.format 5 Float.pi == "3.14159"
/// ```
let pi : Float = 3.141592653589793

/// The base of natural logarithms.
///
/// ```fx
/// Float.format 5 Float.e == "2.71828"
/// ```
let e : Float = 2.718281828459045

/// Larger than every number.
///
/// ```fx
/// Float.infinity > 1e308
/// ```
let infinity : Float = 1.0 / 0.0

/// Not a number: equal to nothing, itself included.
///
/// ```fx
/// Float.nan != Float.nan
/// ```
let nan : Float = 0.0 / 0.0

/// Whether it is not a number.
///
/// ```fx
/// Float.is_nan (0.0 / 0.0)
/// Float.is_nan 1.0 == False
/// ```
let is_nan (x : Float) : Bool = x != x

/// Whether it is a number and not infinite.
///
/// ```fx
/// Float.is_finite 1.0
/// Float.is_finite (-Float.infinity) == False
/// ```
let is_finite (x : Float) : Bool = x - x == 0.0

// ---- Ints and text ----

/// The nearest Float.
///
/// ```fx
/// Float.of_int 3 == 3.0
/// ```
extern let of_int : Int -> Float = "fx_float_of_int"

/// The whole part, without the fraction; `None` for `nan` and what no Int can be.
///
/// ```fx
/// Float.to_int (-2.7) == Some (-2)
/// Float.to_int 1e30 == None
/// Float.to_int Float.nan == None
/// ```
let to_int (x : Float) : Option Int =
  if x >= -9223372036854775808.0 && x < 9223372036854775808.0 then Some (whole_part x) else None

private extern let whole_part : Float -> Int = "fx_float_whole_part"

/// The shortest text that reads back as the same number.
///
/// ```fx
/// Float.to_string 0.1 == "0.1"
/// Float.to_string 3.0 == "3.0"
/// ```
let to_string (x : Float) : String = "\(x)"

/// With exactly so many decimals, 0 to 1000, correctly rounded.
///
/// ```fx
/// Float.format 2 1.005 == "1.00"
/// Float.format 0 2.6 == "3"
/// ```
let format (decimals : Int) (x : Float) : String =
  if decimals < 0 || decimals > 1000 then fault "Float.format: \(decimals) is not a number of decimals from 0 to 1000"
  else fixed decimals x

private extern let fixed : Int -> Float -> String = "fx_float_fixed"

/// Reads digits with an optional sign, point and exponent; also `inf` and `nan`. Anything else is `None`.
///
/// ```fx
/// Float.parse "2.5" == Some 2.5
/// Float.parse "-1e3" == Some (-1000.0)
/// Float.parse "3" == Some 3.0
/// Float.parse "" == None
/// Float.parse "2.5x" == None
/// ```
extern let parse : String -> Option Float = "fx_float_parse"

/// The 64 bits that hold it.
///
/// ```fx
/// Float.to_bits 1.0 == 0x3ff0000000000000
/// ```
extern let to_bits : Float -> Int = "fx_float_to_bits"

/// The number that these 64 bits hold.
///
/// ```fx
/// Float.of_bits 0x3ff0000000000000 == 1.0
/// ```
extern let of_bits : Int -> Float = "fx_float_of_bits"

// ---- Size and sign ----

/// The smaller of two.
///
/// ```fx
/// Float.min 2.0 1.0 == 1.0
/// ```
let min (a : Float) (b : Float) : Float = if b < a then b else a

/// The larger of two.
///
/// ```fx
/// Float.max 2.0 1.0 == 2.0
/// ```
let max (a : Float) (b : Float) : Float = if b > a then b else a

/// The nearest number that is not below `low` and not above `high`.
///
/// ```fx
/// Float.clamp 0.0 1.0 1.5 == 1.0
/// ```
let clamp (low : Float) (high : Float) (x : Float) : Float = if x < low then low else if x > high then high else x

/// Without its sign.
///
/// ```fx
/// Float.abs (-1.5) == 1.5
/// ```
extern let abs : Float -> Float = "fx_float_abs"

/// All numbers added up.
///
/// ```fx
/// Float.sum [0.5, 1.5] == 2.0
/// ```
let sum (xs : List Float) : Float = List.fold (fun total x -> total + x) 0.0 xs

/// All numbers multiplied.
///
/// ```fx
/// Float.product [0.5, 3.0] == 1.5
/// ```
let product (xs : List Float) : Float = List.fold (fun total x -> total * x) 1.0 xs

// ---- Rounding ----

/// The largest whole number that is not above.
///
/// ```fx
/// Float.floor (-1.5) == -2.0
/// ```
extern let floor : Float -> Float = "fx_float_floor"

/// The smallest whole number that is not below.
///
/// ```fx
/// Float.ceil 1.2 == 2.0
/// ```
extern let ceil : Float -> Float = "fx_float_ceil"

/// The nearest whole number; a half goes away from zero.
///
/// ```fx
/// Float.round 2.5 == 3.0
/// Float.round (-2.5) == -3.0
/// ```
extern let round : Float -> Float = "fx_float_round"

/// The whole part.
///
/// ```fx
/// Float.trunc (-2.7) == -2.0
/// ```
extern let trunc : Float -> Float = "fx_float_trunc"

// ---- Powers ----

/// The square root; `nan` below zero.
///
/// ```fx
/// Float.sqrt 9.0 == 3.0
/// Float.is_nan (Float.sqrt (-1.0))
/// ```
extern let sqrt : Float -> Float = "fx_float_sqrt"

/// The cube root.
///
/// ```fx
/// Float.format 6 (Float.cbrt 27.0) == "3.000000"
/// ```
extern let cbrt : Float -> Float = "fx_float_cbrt"

/// The first raised to the second.
///
/// ```fx
/// Float.power 2.0 0.5 == 1.4142135623730951
/// ```
extern let power : Float -> Float -> Float = "fx_float_power"

/// `e` raised to it.
///
/// ```fx
/// Float.exp 0.0 == 1.0
/// ```
extern let exp : Float -> Float = "fx_float_exp"

/// The natural logarithm.
///
/// ```fx
/// Float.log 1.0 == 0.0
/// ```
extern let log : Float -> Float = "fx_float_log"

/// The logarithm to base 10.
///
/// ```fx
/// Float.log10 1000.0 == 3.0
/// ```
extern let log10 : Float -> Float = "fx_float_log10"

/// The logarithm to base 2.
///
/// ```fx
/// Float.log2 8.0 == 3.0
/// ```
extern let log2 : Float -> Float = "fx_float_log2"

// ---- Angles, in radians ----

/// The sine.
///
/// ```fx
/// Float.sin 0.0 == 0.0
/// ```
extern let sin : Float -> Float = "fx_float_sin"

/// The cosine.
///
/// ```fx
/// Float.cos 0.0 == 1.0
/// ```
extern let cos : Float -> Float = "fx_float_cos"

/// The tangent.
///
/// ```fx
/// Float.tan 0.0 == 0.0
/// ```
extern let tan : Float -> Float = "fx_float_tan"

/// The angle whose sine it is.
///
/// ```fx
/// Float.asin 0.0 == 0.0
/// ```
extern let asin : Float -> Float = "fx_float_asin"

/// The angle whose cosine it is.
///
/// ```fx
/// Float.acos 1.0 == 0.0
/// ```
extern let acos : Float -> Float = "fx_float_acos"

/// The angle whose tangent it is.
///
/// ```fx
/// Float.atan 0.0 == 0.0
/// ```
extern let atan : Float -> Float = "fx_float_atan"

/// The angle of the point at height `y` and width `x`, from `-pi` to `pi`: `Float.atan2 y x`.
///
/// ```fx
/// Float.atan2 0.0 (-1.0) == Float.pi
/// ```
extern let atan2 : Float -> Float -> Float = "fx_float_atan2"

/// From degrees to radians.
///
/// ```fx
/// Float.to_radians 180.0 == Float.pi
/// ```
let to_radians (degrees : Float) : Float = degrees / 180.0 * pi

/// From radians to degrees.
///
/// ```fx
/// Float.to_degrees Float.pi == 180.0
/// ```
let to_degrees (radians : Float) : Float = radians / pi * 180.0

/// Whether it has no fraction.
///
/// ```fx
/// Float.is_whole 2.0
/// Float.is_whole 2.5 == False
/// Float.is_whole Float.infinity == False
/// ```
let is_whole (x : Float) : Bool = is_finite x && trunc x == x
