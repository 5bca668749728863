import Console

/// A walk over a tree that is turned inside out: the consumer asks for one value after the other.
effect Give =
  give : Int -> Unit

type Tree = Leaf | Node Tree Int Tree

type Stream e = Empty | Next Int (Unit -> Stream e ! e)

let make (depth : Int) : Tree =
  if depth == 0 then Leaf
  else
    let child = make (depth - 1)
    Node child depth child

let walk (tree : Tree) : Unit ! {Give} =
  match tree
  | Leaf -> ret ()
  | Node left value right ->
    do! walk left
    do! Give.give value
    walk right

let stream (c : Unit ! {Give | e}) : Stream e ! e =
  handle c with
  | ret () -> ret Empty
  | ctl Give.give value resume -> ret (Next value resume)

let sum (values : Stream e) (total : Int) : Int ! e =
  match values
  | Empty -> ret total
  | Next value rest ->
    let! next = rest ()
    sum next (total + value)

let main (_ : List String) : Unit ! {Console} =
  let! values = stream (walk (make 21))
  let! n = sum values 0
  Console.print_line "\(n)"
