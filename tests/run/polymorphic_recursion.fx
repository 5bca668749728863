import Console

// The type argument grows at each call: there is no end of copies to make.
type Nested a = Flat a | Deeper (Nested (a, a))

let depth (n : Nested a) : Int =
  match n
  | Flat _ -> 0
  | Deeper inner -> 1 + depth inner

let nest (n : Int) (x : a) : Nested a =
  if n == 0 then Flat x else Deeper (nest (n - 1) (x, x))

let main (_ : List String) : Unit ! {Console} =
  Console.print_line "\(depth (nest 10 1)) \(depth (nest 3 "s"))"
