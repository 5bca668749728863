import Console

type Color = Red | Green | Blue

type Point = { x : Int, y : Int }

type Value = Number Float | Text String | Many (List Value) | Pair (Int, Char) | At Point | Colored Color

let line (text : String) : Unit ! {Console} = Console.print_line text

let main (_ : List String) : Unit ! {Console} =
  let value = Many [Number 1.0, Text "a\"b\n", Pair (-1, '\''), At { x = 1, y = -2 }, Colored Blue, Many []]
  do! line (show value)
  do! line (show (Some (Some None : Option (Option Int))))
  do! line (show (Ok [Left 1, Right "two"] : Result (List (Either Int String)) Unit))
  do! line (show ((), True, Less))
  do! line "\(value == value) \(Number 1.0 == Number 2.0) \(Red == Red) \({ x = 1, y = 2 } == { x = 1, y = 3 })"
  do! line "\(Red < Blue) \(Many [] < Many [Number 0.0]) \(Number 9.0 < Text "") \((1, "b") < (1, "a"))"
  do! line "\(show (compare [1, 2] [1, 2, 3])) \(show (compare "b" "a")) \(show (compare (Some 1) (Some 1)))"
  line "\("" < "a") \("a" < "aa") \("Z" < "a") \([[1], []] > [[1]])"
