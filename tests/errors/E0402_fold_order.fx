import Console
import List

type Tree a =
  | Leaf
  | Node (Tree a) a (Tree a)

let insert (x : a) (tree : Tree a) : Tree a =
  match tree
  | Leaf -> Node Leaf x Leaf
  | Node left y right when x < y -> Node (insert x left) y right
  | Node left y right -> Node left y (insert x right)

let main (_ : List String) : Unit ! {Console} =
  let tree = List.fold insert Leaf [3, 1, 2]
  Console.print_line (show tree)
