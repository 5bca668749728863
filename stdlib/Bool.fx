/// `True` and `False`.

/// Whether exactly one of the two holds.
///
/// ```fx
/// Bool.xor True False
/// Bool.xor True True == False
/// ```
let xor (left : Bool) (right : Bool) : Bool = left != right

/// As it is written in a program.
///
/// ```fx
/// Bool.to_string True == "True"
/// ```
let to_string (b : Bool) : String = if b then "True" else "False"

/// Reads what `to_string` writes; nothing else is a Bool.
///
/// ```fx
/// Bool.parse "False" == Some False
/// Bool.parse "yes" == None
/// ```
let parse (text : String) : Option Bool =
  match text
  | "True" -> Some True
  | "False" -> Some False
  | _ -> None

/// 1 or 0.
///
/// ```fx
/// Bool.to_int True == 1
/// ```
let to_int (b : Bool) : Int = if b then 1 else 0
