import Console

// The left branch runs until it first waits or ends, then the right one; those that yield take turns.
let say (text : String) : Unit ! {Console} = Console.print_line text

let turns (name : String) (n : Int) : Int ! {Console} =
  if n == 0 then ret 0
  else
    do! say "\(name) \(n)"
    do! yield
    let! rest = turns name (n - 1)
    ret (rest + 1)

let main (_ : List String) : Unit ! {Console} =
  let! (a, b) = join (turns "left" 3) (turns "right" 2)
  do! say "\(a) \(b)"
  let! x = ret 1 and! y = (
    do! say "second at once"
    ret 2
  )
  do! say "\(x + y)"
  let! ((p, q), r) = join (join (turns "p" 1) (turns "q" 1)) (turns "r" 1)
  say "\(p + q + r)"
