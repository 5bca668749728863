import Console
import Task
import Time

let ask (milliseconds : Int) (answer : Result String String) : Result String String ! {Console, Time} =
  do! Time.sleep milliseconds
  do! Console.print_line (show answer)
  ret answer

let report (result : Result String (List String)) : Unit ! {Console} = Console.print_line (show result)

let main (_ : List String) : Unit ! {Console, Time} =
  let! a = Task.first_ok [ask 60_000 (Ok "far"), ask 5 (Err "gone"), ask 20 (Ok "near")]
  do! report a
  let! b = Task.first_ok [ask 15 (Err "slow"), ask 5 (Err "quick")]
  do! report b
  let! c = Task.first_ok []
  report c
