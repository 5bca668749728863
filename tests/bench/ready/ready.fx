import Console

/// Waits where n is a multiple of a million; else has its answer at once.
let step (n : Int) : Int ! e =
  if n % 1_000_000 == 0 then
    do! yield
    ret 1
  else
    ret 2

let loop (n : Int) (sum : Int) : Int ! e =
  if n == 0 then ret sum
  else
    let! x = step n
    loop (n - 1) (sum + x)

let main (_ : List String) : Unit ! {Console} =
  let! sum = loop 10_000_000 0
  Console.print_line "\(sum)"
