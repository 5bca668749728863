type Nested a a = Flat a | Deeper (Nested (a, a))

type Tree = Leaf | Node Nod Tree Int

let depth (n : Nested a) : Int =
  match n
  | Flat _ -> 0
  | Deeper inner -> 1 + depth inner

let size tree = match tree | Leaf -> 0 | Node left n -> size left + n

let one = Node Leaf 1
