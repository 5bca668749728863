// Closures own what they capture; those that capture nothing are definitions.
import Console

let apply (f : String -> String) (times : Int) (x : String) : String =
  if times == 0 then x else apply f (times - 1) (f x)

let later (text : String) : Unit ! {Console} =
  do! Console.print_line text
  Console.print_line text

let adders (xs : List Int) : List (Int -> Int) =
  match xs with
  | [] -> []
  | x :: rest -> (fun y -> x + y) :: adders rest

let main (args : List String) : Unit ! {Console} =
  let suffix = show args
  let work = if args == [] then later suffix else later "none"
  do! Console.print_line (apply (fun x -> x ++ suffix) 2 (apply (fun x -> x ++ "!") 3 "a"))
  do! work
  match adders [1, 2] with
  | f :: _ -> Console.print_line (show (f 2))
  | [] -> work
