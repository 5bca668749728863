// Integer: beyond 64 bits on both sides, order, division, parsing.
import Console
import Integer
import List
import String

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

let number (text : String) : Integer =
  match Integer.parse text
  | Some n -> n
  | None -> fault "no number: \(text)"

let factorial (n : Int) : Integer =
  List.fold (fun product k -> Integer.multiply product (Integer.of_int k)) Integer.one (List.range 1 n)

let rising : List Integer = List.map number [
  "-340282366920938463463374607431768211456", "-18446744073709551617", "-18446744073709551616", "-9223372036854775809", "-9223372036854775808", "-1", "0", "1",
  "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "340282366920938463463374607431768211456"
]

let divides_back (a : Integer) (b : Integer) : Bool =
  b == Integer.zero || Integer.add (Integer.multiply (Integer.divide a b) b) (Integer.remainder a b) == a

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line (Integer.to_string (factorial 50))
  do! Console.print_line (Integer.to_string (Integer.negate (Integer.power (Integer.of_int 2) 200)))
  do! check "order" (List.sort (List.reverse rising) == rising && List.all (fun n -> n == number (Integer.to_string n)) rising)
  do! check "division" (List.all (fun a -> List.all (fun b -> divides_back a b) rising) rising)
  do! check "sums" (List.all (fun a -> List.all (fun b -> Integer.subtract (Integer.add a b) b == a) rising) rising)
  do! check "signs" (List.map Integer.sign rising == [-1, -1, -1, -1, -1, -1, 0, 1, 1, 1, 1, 1, 1])
  do! check "to_int" (Integer.to_int (number "9223372036854775808") == None && Integer.to_int (Integer.subtract (number "9223372036854775808") Integer.one) == Some 9223372036854775807)
  do! check "abs" (Integer.abs (number "-9223372036854775808") == number "9223372036854775808")
  do! check "parse" (List.all (fun text -> Integer.parse text == None) ["", "-", "+", " 1", "1 ", "0x1", "--1", "1\0"] && Integer.parse "+0012" == Some (Integer.of_int 12))
  do! check "divisor" (Integer.greatest_common_divisor (factorial 20) (factorial 22) == factorial 20)
  check "long" (String.length (Integer.to_string (Integer.power (Integer.of_int 7) 100000)) == 84510)
