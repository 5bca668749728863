import Console

// The chain of let! that led to a fault is shown with it.
let divide (a : Int) (b : Int) : Int = a / b

let step (n : Int) : Int ! {Console} =
  do! Console.print_line "step \(n)"
  do! yield
  ret (divide 100 n)

let steps (n : Int) : Int ! {Console} =
  let! x = step n
  let! rest = steps (n - 1)
  ret (x + rest)

let main (_ : List String) : Unit ! {Console} =
  let! total = steps 2
  Console.print_line "\(total)"
