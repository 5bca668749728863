import Console
import Int

// Division and remainder go toward zero; wrapping arithmetic is asked for by name.
let line (name : String) (n : Int) : Unit ! {Console} = Console.print_line "\(name) \(n)"

let main (_ : List String) : Unit ! {Console} =
  do! line "quotient" (-7 / 2)
  do! line "remainder" (-7 % 2)
  do! line "remainder of a positive" (7 % -2)
  do! line "precedence" (2 + 3 * 4 - 10 / 5)
  do! line "minus twice" (- -5)
  do! line "least" (-9223372036854775808)
  do! line "greatest" 9223372036854775807
  do! line "hexadecimal" 0xff
  do! line "binary" 0b1010
  do! line "grouped" 1_000_000
  do! line "wrapped" (Int.wrapping_add Int.max_value 1)
  do! line "wrapped product" (Int.wrapping_multiply Int.max_value 2)
  do! Console.print_line "\(2.5 * 2.0) \(1e-9) \(1.0 / 3.0) \(-0.5) \(1e300 * 1e10) \(7.5 % 2.0)"
  Console.print_line "\(1 < 2) \(2.0 < 1.0) \('a' < 'b') \("b" < "a") \(3 == 3) \(3 != 3)"
