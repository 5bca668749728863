/// Binary data. A String is a sequence of bytes, so this module has no type of its own: it reads and writes numbers and hexadecimal text.

import Int
import List
import Option
import String

/// Which byte of a number comes first: the one that counts most, as on the network, or the one that counts least, as in most processors.
type Order = Big | Little

/// The number in `size` bytes (1 to 8) at a position, never negative below 8 bytes. `None` where the bytes are not all there.
///
/// ```fx
/// Bytes.read Bytes.Big 2 0 "\x01\x02" == Some 0x0102
/// Bytes.read Bytes.Little 2 0 "\x01\x02" == Some 0x0201
/// Bytes.read Bytes.Big 2 1 "\x01\x02" == None
/// ```
let read (order : Order) (size : Int) (index : Int) (bytes : String) : Option Int =
  if size < 1 || size > 8 || index < 0 || index > String.length bytes - size then None
  else
    match order
    | Big -> Some (read_up 0 index (index + size) bytes)
    | Little -> Some (read_down 0 (index + size - 1) index bytes)

private let read_up (number : Int) (index : Int) (end : Int) (bytes : String) : Int =
  if index == end then number else read_up (add_byte number index bytes) (index + 1) end bytes

private let read_down (number : Int) (index : Int) (start : Int) (bytes : String) : Int =
  if index < start then number else read_down (add_byte number index bytes) (index - 1) start bytes

private let add_byte (number : Int) (index : Int) (bytes : String) : Int =
  Int.bit_or (Int.shift_left 8 number) (String.byte_or_minus index bytes)

/// Like `read`, but the highest bit is the sign.
///
/// ```fx
/// Bytes.read_signed Bytes.Big 2 0 "\xff\xfe" == Some (-2)
/// Bytes.read_signed Bytes.Big 2 0 "\x01\x02" == Some 0x0102
/// ```
let read_signed (order : Order) (size : Int) (index : Int) (bytes : String) : Option Int =
  match read order size index bytes
  | None -> None
  | Some number -> Some (Int.shift_right (64 - 8 * size) (Int.shift_left (64 - 8 * size) number))

/// The lowest `size` bytes of a number, 1 to 8; of a negative one in two's complement.
///
/// ```fx
/// Bytes.write Bytes.Big 2 0x0102 == "\x01\x02"
/// Bytes.write Bytes.Little 4 (-2) == "\xfe\xff\xff\xff"
/// ```
let write (order : Order) (size : Int) (number : Int) : String =
  let lowest_first = List.init (Int.clamp 1 8 size) (fun place -> Int.bit_and 0xff (Int.shift_right (8 * place) number))
  match order
  | Big -> String.from_bytes (List.reverse lowest_first)
  | Little -> String.from_bytes lowest_first

/// Two hexadecimal digits for each byte, with small letters.
///
/// ```fx
/// Bytes.to_hex "\x00\xffA" == "00ff41"
/// ```
let to_hex (bytes : String) : String = String.concat (List.map byte_to_hex (String.bytes bytes))

private let byte_to_hex (byte : Int) : String = String.pad_start 2 "0" (Int.to_hex byte)

/// The bytes of hexadecimal digits in either case, two for each; `None` for anything else.
///
/// ```fx
/// Bytes.from_hex "00fF41" == Some "\x00\xffA"
/// Bytes.from_hex "0" == None
/// Bytes.from_hex "0x" == None
/// ```
let from_hex (digits : String) : Option String = from_hex_onto [] digits 0

private let from_hex_onto (done : List Int) (digits : String) (index : Int) : Option String =
  if index == String.length digits then Some (String.from_bytes (List.reverse done))
  else
    match (digit_at index digits, digit_at (index + 1) digits)
    | (Some high, Some low) -> from_hex_onto (16 * high + low :: done) digits (index + 2)
    | _ -> None

private let digit_at (index : Int) (digits : String) : Option Int =
  let byte = String.byte_or_minus index digits
  if byte >= 48 && byte <= 57 then Some (byte - 48)
  else if byte >= 97 && byte <= 102 then Some (byte - 87)
  else if byte >= 65 && byte <= 70 then Some (byte - 55)
  else None

/// Goes through the bytes from the left.
///
/// ```fx
/// Bytes.fold (fun total byte -> total + byte) 0 "\x01\x02" == 3
/// ```
let fold (f : b -> Int -> b) (start : b) (bytes : String) : b = fold_from 0 f start bytes

private let fold_from (index : Int) (f : b -> Int -> b) (done : b) (bytes : String) : b =
  if index == String.length bytes then done
  else fold_from (index + 1) f (f done (String.byte_or_minus index bytes)) bytes

/// Applies `f` to each byte; its answers are taken modulo 256.
///
/// ```fx
/// Bytes.map (fun byte -> byte + 1) "HAL" == "IBM"
/// ```
let map (f : Int -> Int) (bytes : String) : String = String.from_bytes (List.map f (String.bytes bytes))

/// Whether two are equal, found out in a time that does not depend on where they differ: for comparing secrets.
///
/// ```fx
/// Bytes.equal_secret "token" "token"
/// Bytes.equal_secret "token" "taken" == False
/// ```
let equal_secret (left : String) (right : String) : Bool =
  String.length left == String.length right && difference 0 0 left right == 0

private let difference (done : Int) (index : Int) (left : String) (right : String) : Int =
  if index == String.length left then done
  else
    let here = Int.bit_xor (String.byte_or_minus index left) (String.byte_or_minus index right)
    difference (Int.bit_or done here) (index + 1) left right

/// A set of bytes, to go over text by. Make each set once: it asks about all 256 bytes.
opaque type Set = Set String // for each of the 256 bytes one: 1 if it is in the set, otherwise 0

/// The bytes for which `holds` says True.
///
/// ```fx
/// Bytes.skip (Bytes.set (fun byte -> byte >= 48 && byte <= 57)) 0 3 "12a" == 2
/// ```
let set (holds : Int -> Bool) : Set = Set (String.from_bytes (List.init 256 (fun byte -> if holds byte then 1 else 0)))

/// How the set is written in a program, as `show` says it.
///
/// ```fx
/// Bytes.to_source (Bytes.set (fun byte -> byte < 32 || byte == 127)) == "Bytes.set (fun byte -> byte >= 0 && byte <= 31 || byte == 127)"
/// show (Bytes.set (fun _ -> False)) == "Bytes.set (fun _ -> False)"
/// ```
let to_source (set : Set) : String =
  match ranges set 0
  | [] -> "Bytes.set (fun _ -> False)"
  | found -> "Bytes.set (fun byte -> \(String.join " || " (List.map range_source found)))"

private let range_source ((first, last) : (Int, Int)) : String =
  if first == last then "byte == \(first)" else "byte >= \(first) && byte <= \(last)"

// The first and the last of each run of members, from this byte on.
private let ranges (Set members : Set) (from : Int) : List (Int, Int) =
  match String.index_of_from from "\x01" members
  | None -> []
  | Some first ->
    let after = Option.with_default 256 (String.index_of_from first "\0" members)
    (first, after - 1) :: ranges (Set members) after

/// `skip set from to text` is where the run of bytes of the set ends that begins at `from`: at `to` at the latest, and at the end of the text.
/// It is `from` itself where there is none.
///
/// ```fx
/// Bytes.skip (Bytes.set (fun byte -> byte != 10)) 2 7 "ab\ncd\n" == 2
/// Bytes.skip (Bytes.set (fun byte -> byte != 10)) 3 7 "ab\ncd\n" == 5
/// Bytes.skip (Bytes.set (fun byte -> byte != 10)) 3 4 "ab\ncd\n" == 4
/// ```
let skip (Set members : Set) (from : Int) (to : Int) (text : String) : Int = skip_members members from to text

private extern let skip_members : String -> Int -> Int -> String -> Int = "fx_string_skip"
