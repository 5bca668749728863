/// Chance: numbers that nobody can foretell, from the system (getrandom), fit for keys and passwords.
import Array
import Bytes
import Float
import Int
import List

extern effect Random =
  /// `int least most`: a number from `least` to `most`, both included, each as likely as the others. `most` below `least` is a fault.
  int : Int -> Int -> Int = "fx_random_int"
  /// A number from 0.0 up to but not including 1.0: a multiple of 2 to the -53.
  float : Float = "fx_random_float"
  /// So many bytes.
  bytes : Int -> String = "fx_random_bytes"

/// One of the items, or None of none.
///
/// ```fx program
/// import Console
/// import Random
///
/// let main (_ : List String) : Unit ! {Console, Random} =
///   match! Random.pick ["heads", "tails"]
///   | Some side -> Console.print_line side
///   | None -> ret ()
/// ```
let pick (items : List a) : Option a ! {Random | e} =
  if List.is_empty items then ret None
  else
    let array = Array.from_list items
    let! index = Random.int 0 (Array.length array - 1)
    ret (Array.get index array)

/// The items in a new order, each order as likely as the others (Fisher and Yates; Durstenfeld's form).
///
/// ```fx program
/// import Console
/// import List
/// import Random
///
/// let main (_ : List String) : Unit ! {Console, Random} =
///   let! cards = Random.shuffle (List.range 1 52)
///   Console.print_line (show (List.take 5 cards))
/// ```
let shuffle (items : List a) : List a ! {Random | e} =
  let array = Array.from_list items
  let! shuffled = shuffle_below (Array.length array) array
  ret (Array.to_list shuffled)

private let shuffle_below (count : Int) (array : Array a) : Array a ! {Random | e} =
  if count <= 1 then ret array
  else
    let! index = Random.int 0 (count - 1)
    shuffle_below (count - 1) (Array.swap index (count - 1) array)

/// How far `with_seed` has come.
cell State : Int = 0

/// Answers a computation's questions for chance from a number instead: the same numbers each time, so that what went wrong can be seen again.
/// Tasks within it draw from the same numbers, in the order in which they ask. (SplitMix64 of Steele, Lea and Flood. It can be foretold: not for keys.)
///
/// ```fx program
/// import Console
/// import Random
///
/// let main (_ : List String) : Unit ! {Console} =
///   let! dice = Random.with_seed 7 (join (Random.int 1 6) (Random.int 1 6))
///   let! again = Random.with_seed 7 (join (Random.int 1 6) (Random.int 1 6))
///   Console.print_line "\(dice == again)"
/// ```
let with_seed (seed : Int) (c : a ! {Random | e}) : a ! e =
  let! (answer, _) = State.run seed (handle c with
    | Random.int least most -> number_from least most
    | Random.float ->
      let! bits = next
      ret (Float.of_int (Int.shift_right_zeros 11 bits) / 9007199254740992.0)
    | Random.bytes count -> bytes_onto "" count)
  ret answer

// Cuts the bits down to as many as the range needs, until they are in it: so none is likelier than another.
private let number_from (least : Int) (most : Int) : Int ! {State | e} =
  if most < least then fault "Random.int: there is no number from \(least) to \(most)"
  else
    let span = Int.wrapping_subtract most least
    let mask = if span == 0 then 0 else Int.shift_right_zeros (Int.leading_zeros span) (-1)
    let! offset = offset_within span mask
    ret (Int.wrapping_add least offset)

private let offset_within (span : Int) (mask : Int) : Int ! {State | e} =
  let! bits = next
  let offset = Int.bit_and mask bits
  if is_at_most span offset then ret offset else offset_within span mask

// As numbers without a sign.
private let is_at_most (most : Int) (n : Int) : Bool = Int.wrapping_add n Int.min_value <= Int.wrapping_add most Int.min_value

private let bytes_onto (text : String) (count : Int) : String ! {State | e} =
  if count <= 0 then ret text
  else
    let! bits = next
    bytes_onto (text ++ Bytes.write Bytes.Little (Int.min 8 count) bits) (count - 8)

private let next : Int ! {State | e} =
  let! state = State.get
  let state' = Int.wrapping_add state (-7046029254386353131)
  do! State.set state'
  ret (scramble state')

private let scramble (state : Int) : Int =
  let a = Int.wrapping_multiply (mix 30 state) (-4658895280553007687)
  let b = Int.wrapping_multiply (mix 27 a) (-7723592293110705685)
  mix 31 b

private let mix (count : Int) (bits : Int) : Int = Int.bit_xor bits (Int.shift_right_zeros count bits)
