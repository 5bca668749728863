type Tree a = Leaf | Node (Tree a) a (Tree a)

let insert x tree =
  match tree
  | Leaf -> Node Leaf x Leaf
  | Node left y right right -> if x < y then Node (insert x left) y right else Node left y (insert x right)

let size answer =
  match answer
  | Ok text more -> text + more 1
  | Err _ -> 0

let answer found =
  match found
  | None  0
  | Some n -> n
