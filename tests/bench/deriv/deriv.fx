import Console

type Expression =
  | Value Int
  | Variable String
  | Add Expression Expression
  | Multiply Expression Expression
  | Power Expression Expression
  | Log Expression

let power (x : Int) (n : Int) : Int =
  if n == 0 then 1
  else if n == 1 then x
  else
    let half = power x (n / 2)
    half * half * (if n % 2 == 0 then 1 else x)

let add (left : Expression) (right : Expression) : Expression =
  match (left, right)
  | (Value n, Value m) -> Value (n + m)
  | (Value 0, f) -> f
  | (f, Value 0) -> f
  | (f, Value n) -> add (Value n) f
  | (Value n, Add (Value m) g) -> add (Value (n + m)) g
  | (f, Add (Value n) g) -> add (Value n) (add f g)
  | (Add f g, h) -> add f (add g h)
  | (f, g) -> Add f g

let multiply (left : Expression) (right : Expression) : Expression =
  match (left, right)
  | (Value n, Value m) -> Value (n * m)
  | (Value 0, _) -> Value 0
  | (_, Value 0) -> Value 0
  | (Value 1, f) -> f
  | (f, Value 1) -> f
  | (f, Value n) -> multiply (Value n) f
  | (Value n, Multiply (Value m) f) -> multiply (Value (n * m)) f
  | (f, Multiply (Value n) g) -> multiply (Value n) (multiply f g)
  | (Multiply f g, h) -> multiply f (multiply g h)
  | (f, g) -> Multiply f g

let raise_to (left : Expression) (right : Expression) : Expression =
  match (left, right)
  | (Value n, Value m) -> Value (power n m)
  | (_, Value 0) -> Value 1
  | (f, Value 1) -> f
  | (Value 0, _) -> Value 0
  | (f, g) -> Power f g

let log_of (f : Expression) : Expression =
  match f
  | Value 1 -> Value 0
  | _ -> Log f

let derive (x : String) (e : Expression) : Expression =
  match e
  | Value _ -> Value 0
  | Variable y -> if x == y then Value 1 else Value 0
  | Add f g -> add (derive x f) (derive x g)
  | Multiply f g -> add (multiply f (derive x g)) (multiply g (derive x f))
  | Power f g ->
    let outer = multiply (multiply g (derive x f)) (raise_to f (Value (-1)))
    multiply (raise_to f g) (add outer (multiply (log_of f) (derive x g)))
  | Log f -> multiply (derive x f) (raise_to f (Value (-1)))

let size (e : Expression) : Int =
  match e
  | Value _ -> 1
  | Variable _ -> 1
  | Add f g -> size f + size g
  | Multiply f g -> size f + size g
  | Power f g -> size f + size g
  | Log f -> size f

let nest (n : Int) (f : Expression) : Expression =
  if n == 0 then f else nest (n - 1) (derive "x" f)

let main (_ : List String) : Unit ! {Console} =
  let x = Variable "x"
  Console.print_line "\(size (nest 9 (raise_to x x)))"
