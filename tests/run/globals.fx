import Console
import List

// Top-level values are computed once, each after those that it is made of, wherever they stand.
let total : Int = List.sum squares + List.length names

let squares : List Int = List.map (fun n -> n * n) numbers

let numbers : List Int = List.range 1 base

let base : Int = 4

let names : List String = ["a", "b"]

let pi : Float = 3.25

let add_total : Int -> Int = fun n -> n + total

let greeting : Unit ! {Console} = Console.print_line "hello \(total)"

let main (_ : List String) : Unit ! {Console} =
  do! greeting
  do! greeting
  Console.print_line "\(add_total 1) \(pi) \(show squares)"
