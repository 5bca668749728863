let matched x =
  match x with
  | 0 | -1 | 0xff -> a
  | 'a' | '\n' -> b
  | "text" -> c
  | -2.5 -> d
  | (Some (a, _)) :: rest -> e
  | A b c :: d :: [] -> f
  | [] | [_] | [a, b] -> g
  | { method, target = Some t, Request.port = 80 | 8080 } -> h
  | Left x | Right x as both -> i
  | (x : Int) when x > 0 && x < 10 -> j
  | Error.NotFound -> k
  | () -> l
  | _ -> m
let (a, b) = pair
let { x, y = z } = record
let [one] as list = other
let f (Some x) _ { y } (z : List a) (p as q) = x
let g = fun (a, b) { c } _ () -> a
