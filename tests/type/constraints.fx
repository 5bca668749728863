// What is required of a type variable is inferred, also of one that is annotated.
let largest a b = if a > b then a else b
let same (x : a) (y : a) : Bool = x == y
let total x y = x + y * x
let twice text = text ++ text
let label x = "<\(x)>"
let describe x y = show x ++ show (x == y)
let sorted_pair (x, y) = match compare x y
  | Greater -> (y, x)
  | _ -> (x, y)

// A definition may use another one before its requirements are known.
let uses_later (x : a) (n : Int) : Bool = later x n
let later (x : a) (n : Int) : Bool = if n == 0 then x == x else uses_later x (n - 1)

// Through data, to the parts that matter.
type Tree k v = Leaf | Node (Tree k v) k v (Tree k v)
type Phantom a = Phantom Int
let equal_trees (a : Tree k v) b = a == b
let equal_phantoms (a : Phantom a) b = a == b
