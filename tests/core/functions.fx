let add x y = x + y
let increment = add 1
let curried x = fun y -> x - y
let partial = Some
let pair_of x = (x, x)
let strict a b c = a && (b || c)
let piped xs = xs |> add 1 |> add 2
let applied = add 1 <| 2
let greeting name n = "Hello \(name), \(n + 1)!"
let compared = compare
let loop n =
  let go k total = if k == 0 then total else go (k - 1) (total + k)
  go n 0

let main (_ : List String) : Unit ! {} = ret ()
