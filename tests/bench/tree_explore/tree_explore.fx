import Console
import List

/// Every path from the root of a tree to a leaf, by a choice that is resumed twice; along the way a state, which the paths share.
effect Choose =
  choose : Bool

cell State : Int = 0

type Tree = Leaf | Node Tree Int Tree

let make (depth : Int) : Tree =
  if depth == 0 then Leaf
  else
    let child = make (depth - 1)
    Node child depth child

let operator (x : Int) (y : Int) : Int = (x - 503 * y + 37) % 1009

let absolute (n : Int) : Int = if n < 0 then 0 - n else n

let all_answers (c : a ! {Choose | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Choose.choose resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let explore (tree : Tree) : Int ! {Choose, State} =
  match tree
  | Leaf -> State.get
  | Node left value right ->
    let! goes_left = Choose.choose
    do! State.update (fun state -> absolute (operator state value))
    let! below = explore (if goes_left then left else right)
    ret (absolute (operator value below))

let repeat (n : Int) (tree : Tree) : Int ! {State} =
  if n == 0 then State.get
  else
    let! answers = all_answers (explore tree)
    do! State.set (List.fold max_of 0 answers)
    repeat (n - 1) tree

let max_of (x : Int) (y : Int) : Int = if x > y then x else y

let main (_ : List String) : Unit ! {Console} =
  let! (n, _) = State.run 0 (repeat 10 (make 15))
  Console.print_line "\(n)"
