let identity x = x
let used = (identity 1, identity "a")
let (same, one) = ((fun x -> x), 1)
let length xs =
  match xs
  | [] -> 0
  | _ :: rest -> 1 + length rest
let local n =
  let pair x = (x, n)
  (pair 1, pair "a")
let largest a b = if a > b then a else b
let three = largest 1 3

let main (_ : List String) : Unit ! {} = ret ()
