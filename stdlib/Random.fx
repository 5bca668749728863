/// Chance: numbers that nobody can foretell, from the system (getrandom), fit for keys and passwords.
import Array
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
