// Option, Result, Either: long lists, both sides, what is left alone.
import Console
import Either
import List
import Option
import Result

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

let halve (n : Int) : Option Int = if n % 2 == 0 then Some (n / 2) else None

let half (n : Int) : Result Int String = Option.to_result "\(n) is odd" (halve n)

let main (_ : List String) : Unit ! {Console} =
  let many = List.range 1 200000
  do! check "Option.all" (Option.all (List.map (fun n -> Some n) many) == Some many && Option.all (List.map halve many) == None)
  do! check "Option.and_then" ((Some 12 |> Option.and_then halve |> Option.and_then halve |> Option.and_then halve) == None)
  do! check "Option.or_else" (Option.or_else (halve 4) (halve 3) == Some 2 && Option.with_default 0 (halve 3) == 0)
  do! check "Option of Float" (Option.map (fun x -> x * 2.0) (Some 1.5) == Some 3.0 && Option.map2 (fun x n -> (x, n)) (Some 0.5) (Some 'c') == Some (0.5, 'c'))
  do! check "Result.all" (Result.all (List.map half (List.map (fun n -> 2 * n) many)) == Ok many && Result.all (List.map half many) == Err "1 is odd")
  do! check "Result.partition" (Result.partition (List.map half [1, 2, 3, 4]) == ([1, 2], ["1 is odd", "3 is odd"]))
  do! check "Result.and_then" (Result.and_then half (half 8) == Ok 2 && Result.and_then half (half 6) == Err "3 is odd")
  do! check "Result errors" (Result.map_error (fun text -> text ++ "!") (half 3) == Err "3 is odd!" && (Result.or_else (fun _ -> Ok 0) (half 3) : Result Int Unit) == Ok 0)
  do! check "Either" (Either.partition (List.map (fun n -> if n % 2 == 0 then Left n else Right (show n)) [1, 2, 3]) == ([2], ["1", "3"]))
  do! check "Either sides" (Either.fold (fun n -> n) (fun (c : Char) -> 0) (Left 3) == 3 && Either.merge (Either.map_left (fun n -> n * 2) (Left 4 : Either Int Int)) == 8)
  Console.print_line "done"
