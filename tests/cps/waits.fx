import Console

// Which functions wait is finer than their rows: `quiet` has Console in its row and never waits.
let quiet (name : String) : Unit ! {Console} = Console.print_line "Hello \(name)"

let ask (question : String) : Option String ! {Console} =
  do! Console.print_line question
  Console.read_line

let ask_twice (question : String) (limit : Float) : Float ! {Console} =
  let! first_answer = ask question
  let! second_answer = ask question
  match (first_answer, second_answer)
  | (Some _, Some _) -> ret limit
  | _ -> ret (limit + 1.0)

let repeat (n : Int) (c : Unit ! e) : Unit ! e =
  if n > 0 then
    do! c
    repeat (n - 1) c

let main (_ : List String) : Unit ! {Console} =
  do! quiet "you"
  let! x = ask_twice "who?" 1.5
  do! repeat 3 (Console.print_line "again")
  repeat 2 (let! _ = Console.read_line in quiet "\(x)")
