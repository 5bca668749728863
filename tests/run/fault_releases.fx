import Console

let say (text : String) : Unit ! {Console} = Console.print_line text

let inner (n : Int) : Unit ! {Console} =
  do! yield
  if n == 3 then fault "three is not allowed" else say "fine"

let outer (n : Int) : Unit ! {Console} =
  do! bracket (say "acquire") (fun () -> say "release") (fun () -> inner n)
  say "after \(n)"

let main (_ : List String) : Unit ! {Console} =
  do! outer 2
  let! _ = join (outer 3) (bracket (ret ()) (fun () -> say "release the other") (fun () -> sleep_long 1000))
  say "not reached"

let sleep_long (turns : Int) : Unit ! e =
  if turns > 0 then
    do! yield
    sleep_long (turns - 1)
