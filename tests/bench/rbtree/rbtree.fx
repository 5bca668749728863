import Console

type Color = Red | Black

type Tree =
  | Leaf
  | Node Color Tree Int Bool Tree

let balance_left (left : Tree) (key : Int) (value : Bool) (right : Tree) : Tree =
  match left
  | Node Red (Node Red a ka va b) kb vb c -> Node Red (Node Black a ka va b) kb vb (Node Black c key value right)
  | Node Red a ka va (Node Red b kb vb c) -> Node Red (Node Black a ka va b) kb vb (Node Black c key value right)
  | _ -> Node Black left key value right

let balance_right (left : Tree) (key : Int) (value : Bool) (right : Tree) : Tree =
  match right
  | Node Red (Node Red b kb vb c) kc vc d -> Node Red (Node Black left key value b) kb vb (Node Black c kc vc d)
  | Node Red b kb vb (Node Red c kc vc d) -> Node Red (Node Black left key value b) kb vb (Node Black c kc vc d)
  | _ -> Node Black left key value right

let insert_below (tree : Tree) (key : Int) (value : Bool) : Tree =
  match tree
  | Leaf -> Node Red Leaf key value Leaf
  | Node Red left k v right ->
    if key < k then Node Red (insert_below left key value) k v right
    else if key > k then Node Red left k v (insert_below right key value)
    else Node Red left key value right
  | Node Black left k v right ->
    if key < k then balance_left (insert_below left key value) k v right
    else if key > k then balance_right left k v (insert_below right key value)
    else Node Black left key value right

let insert (tree : Tree) (key : Int) (value : Bool) : Tree =
  match insert_below tree key value
  | Node _ left k v right -> Node Black left k v right
  | Leaf -> Leaf

let fold (f : Int -> Bool -> a -> a) (start : a) (tree : Tree) : a =
  match tree
  | Leaf -> start
  | Node _ left key value right -> fold f (f key value (fold f start left)) right

let build (i : Int) (tree : Tree) : Tree =
  if i == 0 then tree else build (i - 1) (insert tree (i * 7919 % 1000003) (i % 10 == 0))

let main (_ : List String) : Unit ! {Console} =
  let count = fold (fun _ value count -> if value then count + 1 else count) 0 (build 1000000 Leaf)
  Console.print_line "\(count)"
