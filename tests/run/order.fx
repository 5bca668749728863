import Console

// Strict, from left to right; a function that answers a computation does its work when that is run, its arguments are evaluated before.
let trace (name : String) (x : a) : a ! {Console} =
  do! Console.print_line name
  ret x

let loud (n : Int) : Int ! {Console} =
  let m = n * 2
  do! Console.print_line "loud \(n)"
  ret m

let pick (flag : Bool) : Int ! {Console} =
  if flag then loud 1 else loud 2

let main (_ : List String) : Unit ! {Console} =
  let computation = loud 21
  do! Console.print_line "made"
  let! a = computation
  let! b = computation
  do! Console.print_line "\(a + b)"
  let! x = trace "first" 1
  let! y = trace "second" 2
  let chosen = pick (x > y)
  do! Console.print_line "chosen"
  let! c = chosen
  Console.print_line "\(c) \(x < y && x > 0 || fault "not evaluated")"
