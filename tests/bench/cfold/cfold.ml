type expression =
  | Variable of int
  | Value of int
  | Add of expression * expression
  | Multiply of expression * expression

let rec make n v =
  if n = 0 then if v = 0 then Variable 1 else Value v
  else Add (make (n - 1) (v + 1), make (n - 1) (if v = 0 then 0 else v - 1))

let rec append_add left right = match left with Add (a, b) -> Add (a, append_add b right) | _ -> Add (left, right)

let rec append_multiply left right =
  match left with Multiply (a, b) -> Multiply (a, append_multiply b right) | _ -> Multiply (left, right)

let rec reassociate = function
  | Add (a, b) -> append_add (reassociate a) (reassociate b)
  | Multiply (a, b) -> append_multiply (reassociate a) (reassociate b)
  | e -> e

let rec fold_constants = function
  | Add (a, b) -> (
    match (fold_constants a, fold_constants b) with
    | Value n, Value m -> Value (n + m)
    | Value n, Add (e, Value m) | Value n, Add (Value m, e) -> Add (Value (n + m), e)
    | a', b' -> Add (a', b'))
  | Multiply (a, b) -> (
    match (fold_constants a, fold_constants b) with
    | Value n, Value m -> Value (n * m)
    | Value n, Multiply (e, Value m) | Value n, Multiply (Value m, e) -> Multiply (Value (n * m), e)
    | a', b' -> Multiply (a', b'))
  | e -> e

let rec evaluate = function
  | Variable _ -> 0
  | Value n -> n
  | Add (a, b) -> evaluate a + evaluate b
  | Multiply (a, b) -> evaluate a * evaluate b

let () =
  let e = make 20 1 in
  Printf.printf "%d %d\n" (evaluate e) (evaluate (fold_constants (reassociate e)))
