// Every let is generalised, local ones and those that take a value apart too.
let identity x = x
let pairs =
  let same y = y
  (same 1, same "a")
let (first_of, number) = ((fun (a, _) -> a), 3)
let uses = (first_of (1, "a"), first_of (True, 'b'), number + 1)
let compose f g x = g (f x)
let pipeline x = x |> compose (fun n -> n + 1) show
let local x =
  let (same, count) = ((fun y -> y), x)
  (same count, same "text")

// Definitions in any order, in groups that call each other.
let even n = n == 0 || odd (n - 1)
let odd n = n != 0 && even (n - 1)

// A full annotation allows a function to call itself at another type.
type Nested a = Flat a | Deep (Nested (a, a))
let depth (n : Nested a) : Int =
  match n
  | Flat _ -> 0
  | Deep inner -> 1 + depth inner
