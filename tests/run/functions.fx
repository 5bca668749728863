import Console
import List

let add (x : Int) (y : Int) : Int = x + y

let compose (f : b -> c) (g : a -> b) : a -> c = fun x -> f (g x)

let apply_twice (f : a -> a) (x : a) : a = f (f x)

let make_counter (start : Int) : Int -> Int =
  let offset = start * 10
  fun n -> offset + n

let pick (first_wanted : Bool) : a -> a -> a =
  if first_wanted then (fun x _ -> x) else (fun _ y -> y)

let is_even (n : Int) : Bool = n == 0 || is_odd (n - 1)

let is_odd (n : Int) : Bool = n != 0 && is_even (n - 1)

let identity x = x

let main (_ : List String) : Unit ! {Console} =
  let increment = add 1
  let functions = [increment, add 10, compose increment increment, make_counter 4]
  do! Console.print_line (show (List.map (fun f -> f 1) functions))
  do! Console.print_line "\(apply_twice (apply_twice increment) 0) \(apply_twice identity "same")"
  do! Console.print_line "\(pick True 1 2) \(pick False "a" "b")"
  do! Console.print_line "\(is_even 1000000) \(is_odd 7)"
  let power base exponent =
    let go total n = if n == 0 then total else go (total * base) (n - 1)
    go 1 exponent
  do! Console.print_line "\(power 2 10) \(power 3 4)"
  let pair x = (x, x)
  do! Console.print_line "\(show (pair 1)) \(show (pair "s")) \(show (pair 1.5))"
  Console.print_line (show (List.map Some [1, 2]))
