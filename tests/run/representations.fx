import Console
import List

// One polymorphic function at every way in which values are held: words, Floats, counted objects, constants, functions, computations.
type Pair a b = { one : a, two : b }

type Sign = Minus | Zero | Plus

type Mixed = Mixed Int Float String Bool (List Float) Char Sign

let swap (p : Pair a b) : Pair b a = { one = p.two, two = p.one }

let twice (x : a) : List a = [x, x]

let choose (c : Bool) (x : a) (y : a) : a = if c then x else y

let fold_left (f : b -> a -> b) (start : b) (xs : List a) : b =
  match xs
  | [] -> start
  | x :: rest -> fold_left f (f start x) rest

let update (m : Mixed) : Mixed =
  match m
  | Mixed n x text flag floats c sign -> Mixed (n + 1) (x * 2.0) (text ++ "!") (not_of flag) (x :: floats) c (flip sign)

let not_of (b : Bool) : Bool = if b then False else True

let flip (s : Sign) : Sign =
  match s
  | Minus -> Plus
  | Zero -> Zero
  | Plus -> Minus

let sum_floats (xs : List Float) : Float = fold_left (fun total x -> total + x) 0.0 xs

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line (show (swap { one = 1, two = 2.5 }))
  do! Console.print_line (show (swap (swap { one = "text", two = 'c' })))
  do! Console.print_line "\(show (twice 1.5)) \(show (twice Minus)) \(show (twice (Some 1))) \(show (twice ()))"
  do! Console.print_line "\(sum_floats [1.5, 2.5, 3.0]) \(fold_left (fun n _ -> n + 1) 0 ["a", "b"])"
  do! Console.print_line (show (update (update (Mixed 1 0.25 "m" True [] 'z' Plus))))
  let f = choose True (fun x -> x + 0.5) (fun x -> x)
  do! Console.print_line "\(f 1.0) \(choose False 1 2) \(choose True "s" "t")"
  do! choose False (Console.print_line "one") (Console.print_line "two")
  let offset = 0.125
  Console.print_line (show (List.map (fun x -> x + offset) [1.0, 2.0]))
