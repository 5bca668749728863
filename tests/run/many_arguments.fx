import Console
import List

// Calls of unknown functions with fewer and with more arguments than they take, with effects and without.
let six (a : Int) (b : Int) (c : Int) (d : Int) (e : Int) (f : Int) : String = "\(a)\(b)\(c)\(d)\(e)\(f)"

let say_six (a : String) (b : String) (c : String) (d : String) (e : String) (f : String) : Unit ! {Console} =
  Console.print_line (a ++ b ++ c ++ d ++ e ++ f)

let apply (f : a -> b) (x : a) : b = f x

let apply_all (f : Int -> Int -> Int -> Int -> Int -> Int -> String) : String = f 1 2 3 4 5 6

let chooser (n : Int) : String -> String -> String = if n == 0 then (fun x _ -> x) else (fun _ y -> y)

let waiting (text : String) (n : Int) : String ! e =
  do! yield
  ret "\(text) \(n)"

let main (_ : List String) : Unit ! {Console} =
  let partly = six 1 2
  do! Console.print_line "\(apply_all six) \(partly 0 0 0 0) \(apply (partly 9 9) 9 9)"
  do! Console.print_line "\(apply chooser 0 "x" "y") \(apply chooser 1 "x" "y")"
  let half = say_six "a" "b" "c"
  do! half "d" "e" "f"
  do! apply half "1" "2" "3"
  let! texts = List.map_seq (waiting "number") [1, 2]
  let later = waiting "later"
  let! x = later 3
  let computation = later 4
  let! y = computation
  let! z = computation
  Console.print_line (show (x :: y :: z :: texts))
