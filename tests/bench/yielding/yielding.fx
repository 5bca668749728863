import Console

let loop (n : Int) (sum : Int) : Int ! e =
  if n == 0 then ret sum
  else
    do! yield
    loop (n - 1) (sum + 1)

let main (_ : List String) : Unit ! {Console} =
  let! sum = loop 5_000_000 0
  Console.print_line "\(sum)"
