// A match that rebuilds its node updates it in place.
import Console

type Tree =
  | Leaf
  | Node Tree Int Tree

let insert (x : Int) (tree : Tree) : Tree =
  match tree with
  | Leaf -> Node Leaf x Leaf
  | Node left y right ->
    if x < y then Node (insert x left) y right
    else if y < x then Node left y (insert x right)
    else tree

let rotate (tree : Tree) : Tree =
  match tree with
  | Node (Node a x b) y c -> Node a x (Node b y c)
  | _ -> tree

let increase (step : Int) (xs : List Int) : List Int =
  match xs with
  | [] -> []
  | x :: rest -> (x + step) :: increase step rest

type Settings = { port : Int, name : String, verbose : Bool }

let louder (s : Settings) : Settings = { s with verbose = True }

let main (args : List String) : Unit ! {Console} =
  let tree = rotate (insert 2 (insert 1 (insert 3 Leaf)))
  let settings = louder { port = 80, name = show args, verbose = args == [] }
  do! Console.print_line (show tree)
  Console.print_line (show (settings, increase 2 [1, 2]))
