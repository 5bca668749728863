import Console

type Expression =
  | Variable Int
  | Value Int
  | Add Expression Expression
  | Multiply Expression Expression

let make (n : Int) (v : Int) : Expression =
  if n == 0 then
    if v == 0 then Variable 1 else Value v
  else
    Add (make (n - 1) (v + 1)) (make (n - 1) (if v == 0 then 0 else v - 1))

let append_add (left : Expression) (right : Expression) : Expression =
  match left
  | Add a b -> Add a (append_add b right)
  | _ -> Add left right

let append_multiply (left : Expression) (right : Expression) : Expression =
  match left
  | Multiply a b -> Multiply a (append_multiply b right)
  | _ -> Multiply left right

let reassociate (e : Expression) : Expression =
  match e
  | Add a b -> append_add (reassociate a) (reassociate b)
  | Multiply a b -> append_multiply (reassociate a) (reassociate b)
  | _ -> e

let fold_constants (e : Expression) : Expression =
  match e
  | Add a b ->
    match (fold_constants a, fold_constants b)
    | (Value n, Value m) -> Value (n + m)
    | (Value n, Add f (Value m)) -> Add (Value (n + m)) f
    | (Value n, Add (Value m) f) -> Add (Value (n + m)) f
    | (f, g) -> Add f g
  | Multiply a b ->
    match (fold_constants a, fold_constants b)
    | (Value n, Value m) -> Value (n * m)
    | (Value n, Multiply f (Value m)) -> Multiply (Value (n * m)) f
    | (Value n, Multiply (Value m) f) -> Multiply (Value (n * m)) f
    | (f, g) -> Multiply f g
  | _ -> e

let evaluate (e : Expression) : Int =
  match e
  | Variable _ -> 0
  | Value n -> n
  | Add a b -> evaluate a + evaluate b
  | Multiply a b -> evaluate a * evaluate b

let main (_ : List String) : Unit ! {Console} =
  let e = make 20 1
  Console.print_line "\(evaluate e) \(evaluate (fold_constants (reassociate e)))"
