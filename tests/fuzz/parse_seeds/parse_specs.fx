spec log_ok (message : String) =
  Console.print_line message runs
    Console.print_line message => ()
  returns ()
spec all (xs : List String) n =
  main xs runs
    join
      use log_ok "Hello"
      Time.now => n + 1
    and
      use log_ok "World"
    left
      Time.sleep 1 => ()
    losing
      Console.read_line => None
    right
      Time.sleep 2 => ()
    for (x, _) in List.zip xs xs
      use log_ok x
    if n > 0 then
      use a
    else if n < 0 then
      use b
    else
      use c
    match xs
    | [] -> use d
    | x :: rest when x == "" ->
      use all rest n
  returns match n | 0 -> Some n | _ -> None
spec nothing =
  ret 1 runs
  returns 1
