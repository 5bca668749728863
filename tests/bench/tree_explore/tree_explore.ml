type tree = Leaf | Node of tree * int * tree

let rec make depth =
  if depth = 0 then Leaf
  else
    let child = make (depth - 1) in
    Node (child, depth, child)

let operator x y = (x - (503 * y) + 37) mod 1009
let state = ref 0

let rec explore tree rest answers =
  match tree with
  | Leaf -> rest !state :: answers
  | Node (left, value, right) ->
    let behind below = rest (abs (operator value below)) in
    let go tree answers =
      state := abs (operator !state value);
      explore tree behind answers
    in
    let answers = go left answers in
    go right answers

let rec repeat n tree =
  if n = 0 then !state
  else begin
    state := List.fold_left max 0 (explore tree (fun answer -> answer) []);
    repeat (n - 1) tree
  end

let () = Printf.printf "%d\n" (repeat 10 (make 15))
