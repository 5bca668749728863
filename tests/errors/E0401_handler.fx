effect Fail e =
  raise : e -> Never

let to_result (c : a ! {Fail e | r}) : Result a e ! r =
  handle c with
  | ret x -> ret x
  | Fail.raise e -> ret (Err e)

let wrapped (x : a) (b : Bool) : Option a = if b then x else None
let unwrapped (x : Option a) : a = x
