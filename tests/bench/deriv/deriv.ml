type expression =
  | Value of int
  | Variable of string
  | Add of expression * expression
  | Multiply of expression * expression
  | Power of expression * expression
  | Log of expression

let rec power (x : int) n =
  if n = 0 then 1
  else if n = 1 then x
  else
    let half = power x (n / 2) in
    half * half * if n mod 2 = 0 then 1 else x

let rec add left right =
  match (left, right) with
  | Value n, Value m -> Value (n + m)
  | Value 0, f | f, Value 0 -> f
  | f, Value n -> add (Value n) f
  | Value n, Add (Value m, g) -> add (Value (n + m)) g
  | f, Add (Value n, g) -> add (Value n) (add f g)
  | Add (f, g), h -> add f (add g h)
  | f, g -> Add (f, g)

let rec multiply left right =
  match (left, right) with
  | Value n, Value m -> Value (n * m)
  | Value 0, _ | _, Value 0 -> Value 0
  | Value 1, f | f, Value 1 -> f
  | f, Value n -> multiply (Value n) f
  | Value n, Multiply (Value m, f) -> multiply (Value (n * m)) f
  | f, Multiply (Value n, g) -> multiply (Value n) (multiply f g)
  | Multiply (f, g), h -> multiply f (multiply g h)
  | f, g -> Multiply (f, g)

let raise_to left right =
  match (left, right) with
  | Value n, Value m -> Value (power n m)
  | _, Value 0 -> Value 1
  | f, Value 1 -> f
  | Value 0, _ -> Value 0
  | f, g -> Power (f, g)

let log_of = function Value 1 -> Value 0 | f -> Log f

let rec derive x = function
  | Value _ -> Value 0
  | Variable y -> if x = y then Value 1 else Value 0
  | Add (f, g) -> add (derive x f) (derive x g)
  | Multiply (f, g) -> add (multiply f (derive x g)) (multiply g (derive x f))
  | Power (f, g) ->
    multiply (raise_to f g)
      (add (multiply (multiply g (derive x f)) (raise_to f (Value (-1)))) (multiply (log_of f) (derive x g)))
  | Log f -> multiply (derive x f) (raise_to f (Value (-1)))

let rec size = function
  | Value _ | Variable _ -> 1
  | Add (f, g) | Multiply (f, g) | Power (f, g) -> size f + size g
  | Log f -> size f

let rec nest n f = if n = 0 then f else nest (n - 1) (derive "x" f)

let () =
  let x = Variable "x" in
  Printf.printf "%d\n" (size (nest 9 (raise_to x x)))
