import Console

// What `ret` is given is evaluated when it is applied, with an annotation or as an argument as without.
let twice (c : Int ! {Console}) : Int ! {Console} =
  let! x = c
  let! y = c
  ret (x + y)

let show_twice (n : Int) : Unit ! {Console} =
  let! x = twice (ret (10 / n))
  Console.print_line "\(x)"

let main (args : List String) : Unit ! {Console} =
  do! show_twice 5
  let n = if args == [] then 0 else 1
  let c : Int ! {Console} = ret (10 / n)
  do! Console.print_line "never reached"
  let! x = c
  Console.print_line "\(x)"
