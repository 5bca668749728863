type tree = Leaf | Node of tree * int * tree
type stream = Empty | Next of int * (unit -> stream)

let rec make depth =
  if depth = 0 then Leaf
  else
    let child = make (depth - 1) in
    Node (child, depth, child)

let rec walk tree rest =
  match tree with
  | Leaf -> rest ()
  | Node (left, value, right) -> walk left (fun () -> Next (value, fun () -> walk right rest))

let rec sum values total =
  match values with
  | Empty -> total
  | Next (value, rest) -> sum (rest ()) (total + value)

let () = Printf.printf "%d\n" (sum (walk (make 21) (fun () -> Empty)) 0)
