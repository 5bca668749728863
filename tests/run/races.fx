import Console
import Time

let say (text : String) : Unit ! {Console} = Console.print_line text

let after (turns : Int) (answer : a) : a ! e =
  if turns == 0 then ret answer
  else
    do! yield
    after (turns - 1) answer

let guarded (name : String) (use : a ! {Console | e}) : a ! {Console | e} =
  bracket (say "acquire \(name)") (fun () -> say "release \(name)") (fun () -> use)

let report (outcome : Either Int String) : Unit ! {Console} =
  match outcome
  | Left n -> say "left \(n)"
  | Right text -> say "right \(text)"

let main (_ : List String) : Unit ! {Console, Time} =
  let! outcome = first (ret 1) (let! () = say "never started" in ret "no")
  do! report outcome
  let! outcome = first (after 3 1) (after 1 "quick")
  do! report outcome
  let! outcome = first (guarded "outer" (guarded "inner" (after 100 1))) (after 2 "two turns")
  do! report outcome
  let! outcome = first (Time.sleep 60_000) (Time.sleep 1)
  do! match outcome with | Left () -> say "a minute" | Right () -> say "a millisecond"
  let! outcome = first (first (Time.sleep 60_000) (guarded "nested" (after 50 "slow"))) (after 1 1)
  match outcome
  | Left _ -> say "wrong"
  | Right n -> say "outer won \(n)"
