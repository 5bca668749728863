import Console
import Task

let rounds (n : Int) : Unit ! e =
  do! yield
  if n > 1 then rounds (n - 1)

// Answers when the others have had so many turns.
let ask (turns : Int) (answer : Result String String) : Result String String ! {Console} =
  do! rounds turns
  do! Console.print_line (show answer)
  ret answer

let report (result : Result String (List String)) : Unit ! {Console} = Console.print_line (show result)

let main (_ : List String) : Unit ! {Console} =
  let! a = Task.first_ok [ask 60_000 (Ok "far"), ask 5 (Err "gone"), ask 10 (Ok "near")]
  do! report a
  let! b = Task.first_ok [ask 15 (Err "slow"), ask 5 (Err "quick")]
  do! report b
  let! c = Task.first_ok []
  report c
