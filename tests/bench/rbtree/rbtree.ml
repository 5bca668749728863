type color = Red | Black
type tree = Leaf | Node of color * tree * int * bool * tree

let balance_left left key value right =
  match left with
  | Node (Red, Node (Red, a, ka, va, b), kb, vb, c) | Node (Red, a, ka, va, Node (Red, b, kb, vb, c)) ->
    Node (Red, Node (Black, a, ka, va, b), kb, vb, Node (Black, c, key, value, right))
  | _ -> Node (Black, left, key, value, right)

let balance_right left key value right =
  match right with
  | Node (Red, Node (Red, b, kb, vb, c), kc, vc, d) | Node (Red, b, kb, vb, Node (Red, c, kc, vc, d)) ->
    Node (Red, Node (Black, left, key, value, b), kb, vb, Node (Black, c, kc, vc, d))
  | _ -> Node (Black, left, key, value, right)

let rec insert_below tree (key : int) value =
  match tree with
  | Leaf -> Node (Red, Leaf, key, value, Leaf)
  | Node (Red, left, k, v, right) ->
    if key < k then Node (Red, insert_below left key value, k, v, right)
    else if key > k then Node (Red, left, k, v, insert_below right key value)
    else Node (Red, left, key, value, right)
  | Node (Black, left, k, v, right) ->
    if key < k then balance_left (insert_below left key value) k v right
    else if key > k then balance_right left k v (insert_below right key value)
    else Node (Black, left, key, value, right)

let insert tree key value =
  match insert_below tree key value with
  | Node (_, left, k, v, right) -> Node (Black, left, k, v, right)
  | Leaf -> Leaf

let rec fold f start = function
  | Leaf -> start
  | Node (_, left, key, value, right) -> fold f (f key value (fold f start left)) right

let rec build i tree = if i = 0 then tree else build (i - 1) (insert tree (i * 7919 mod 1000003) (i mod 10 = 0))

let () =
  Printf.printf "%d\n" (fold (fun _ value count -> if value then count + 1 else count) 0 (build 1000000 Leaf))
