import Console
import List

let count (n : Int) (above : List Int) : List Int =
  if n == 0 then above else count (n - 1) (n :: above)

let main (_ : List String) : Unit ! {Console} =
  let numbers = count 10_000_000 []
  let squares = List.map (fun x -> x * x % 1_000_003) numbers
  let even = List.filter (fun x -> x % 2 == 0) squares
  Console.print_line "\(List.length numbers) \(List.fold (fun sum x -> sum + x) 0 even)"
