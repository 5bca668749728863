import Console

effect Ask =
  ask : Int -> Int

let run (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask n -> ret (n + 1)

let main (_ : List String) : Unit ! {Console} =
  let! n = run (fun () -> Ask.ask 3)
  Console.print_line (show n)
