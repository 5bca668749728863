import Console
import List

type Size = { width : Int, height : Int }

type Shape = Circle Int | Box Size | Empty

type Tree a = Leaf | Node (Tree a) a (Tree a)

let area (shape : Shape) : Int =
  match shape
  | Circle radius -> 3 * radius * radius
  | Box { width, height = h } -> width * h
  | Empty -> 0

let name (n : Int) : String =
  match n
  | 0 -> "zero"
  | 1 | 2 | 3 -> "few"
  | -1 -> "minus one"
  | n when n < 0 -> "debt"
  | _ -> "many"

let describe (xs : List Int) : String =
  match xs
  | [] -> "empty"
  | [x] -> "one \(x)"
  | [x, y] -> "two \(x) \(y)"
  | x :: _ :: (rest as tail) -> "from \(x), then \(List.length rest) \(tail == rest)"

let text (s : String) : Int =
  match s
  | "" -> 0
  | "a" | "b" -> 1
  | _ -> 2

let number (e : Either Int (Int, Bool)) : Int =
  match e
  | Left n | Right (n, True) -> n
  | Right (n, False) -> -n

let letter (c : Char) : Bool =
  match c
  | 'a' | 'é' -> True
  | _ -> False

let half (x : Float) : String =
  match x
  | 0.5 -> "half"
  | _ -> "not half"

let insert (x : a) (tree : Tree a) : Tree a =
  match tree
  | Leaf -> Node Leaf x Leaf
  | Node left y right when x < y -> Node (insert x left) y right
  | Node left y right when x > y -> Node left y (insert x right)
  | Node _ _ _ as same -> same

let to_list (tree : Tree a) : List a =
  match tree
  | Leaf -> []
  | Node left x right -> to_list left ++ x :: to_list right

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line "\(area (Circle 2)) \(area (Box { width = 3, height = 4 })) \(area Empty)"
  do! Console.print_line "\(name 0) \(name 2) \(name (-1)) \(name (-5)) \(name 9)"
  do! Console.print_line "\(describe []), \(describe [7]), \(describe [7, 8]), \(describe [7, 8, 9])"
  do! Console.print_line "\(text "") \(text "b") \(text "ab")"
  do! Console.print_line "\(number (Left 1)) \(number (Right (2, True))) \(number (Right (3, False)))"
  do! Console.print_line "\(letter 'é') \(letter 'e') \(half 0.5) \(half 0.25)"
  let tree = List.fold (fun tree x -> insert x tree) Leaf [5, 2, 8, 2, 1, 9]
  do! Console.print_line (show (to_list tree))
  let (first_one, _) = (1, "unused")
  let { width, height } = { width = 10, height = 20 }
  Console.print_line "\(first_one + width + height)"
