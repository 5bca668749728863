import Console

/// What is left to do behind each `resume` is a recursion as deep as the loop is long.
effect Operator =
  operator : Int -> Unit

let absolute (n : Int) : Int = if n < 0 then 0 - n else n

let run (c : Int ! {Operator | e}) : Int ! e =
  handle c with
  | ctl Operator.operator x resume ->
    let! y = resume ()
    ret (absolute (x - 503 * y + 37) % 1009)

let loop (n : Int) (answer : Int) : Int ! {Operator} =
  if n == 0 then ret answer
  else
    do! Operator.operator n
    loop (n - 1) answer

let repeat (times : Int) (n : Int) (answer : Int) : Int ! e =
  if times == 0 then ret answer
  else
    let! next = run (loop n answer)
    repeat (times - 1) n next

let main (_ : List String) : Unit ! {Console} =
  let! n = repeat 1000 5000 0
  Console.print_line "\(n)"
