// What is only read is borrowed; what is stored, captured or passed on in a tail call is owned.
import Console

let length (xs : List a) : Int =
  match xs with
  | [] -> 0
  | _ :: rest -> 1 + length rest

let last (xs : List String) (otherwise : String) : String =
  match xs with
  | [] -> otherwise
  | x :: rest -> last rest x

let wrap (x : String) : Option String = Some x

let find (wanted : String) (pairs : List (String, String)) : Option String =
  match pairs with
  | [] -> None
  | (key, value) :: rest -> if key == wanted then wrap value else find wanted rest

let main (args : List String) : Unit ! {Console} =
  let pairs = [("a", "1"), ("b", "2")]
  do! Console.print_line (show (find (last args "b") pairs))
  Console.print_line (show (length args + length pairs, args))
