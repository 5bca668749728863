// Opaque types are shown as what makes them, by the `to_source` of their modules, wherever they stand.
import Array
import Bytes
import Console
import Integer
import List
import Map
import Set
import Shapes.Ring
import Show
import String

type Account = { owner : String, balance : Integer, before : Option Integer }
type Amounts = NoAmount | Amount Integer Amounts

let many (n : Int) (rest : Amounts) : Amounts = if n == 0 then rest else many (n - 1) (Amount (Integer.of_int n) rest)

let main (_ : List String) : Unit ! {Console} =
  let big = Integer.power (Integer.of_int 10) 30
  do! Console.print_line (show (Integer.of_int 7))
  do! Console.print_line (show (Integer.of_int (-7)))
  do! Console.print_line (show [Integer.of_int 9223372036854775807, Integer.add (Integer.of_int 9223372036854775807) Integer.one, Integer.negate big])
  do! Console.print_line (show { owner = "a", balance = big, before = Some (Integer.of_int (-1)) })
  do! Console.print_line (show (Some (Some big), Left Integer.one))
  do! Console.print_line (show (Amount big (Amount Integer.zero NoAmount)))
  do! Console.print_line (show (Map.from_list [(big, Set.from_list [Integer.one, big])], Array.from_list [big]))
  do! Console.print_line (show (Some (Bytes.set (fun byte -> byte == 9 || byte > 250))))
  do! Console.print_line (Show.pretty 40 [Some big, None])
  do! Console.print_line (show (Ring.make 10, [Some (Ring.make 3)]))
  do! Console.print_line (show (String.length (show (many 20000 NoAmount)), List.length (String.chars (show (List.map Integer.of_int (List.range 1 1000))))))
  Console.print_line (show (Integer.of_string "+0012" == Integer.of_int 12, Integer.of_string (Integer.to_string big) == big, compare big Integer.one))
