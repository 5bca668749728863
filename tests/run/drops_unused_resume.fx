import Console

// A clause that says nothing of `resume` drops what it has interrupted before it does anything itself.
effect Ask =
  ask : Int -> Int

let opened (name : String) : String ! {Console} =
  do! Console.print_line "open \(name)"
  ret name

let named (name : String) (body : Unit ! {Ask, Console}) : Unit ! {Ask, Console} =
  bracket (opened name) (fun n -> Console.print_line "close \(n)") (fun _ -> body)

let asks : Unit ! {Ask, Console} =
  let! n = Ask.ask 1
  Console.print_line "got \(n)"

let work : Unit ! {Ask, Console} = named "outer" (named "inner" asks)

let main (_ : List String) : Unit ! {Console} =
  do! handle work with
    | ctl Ask.ask _ resume -> Console.print_line "dropped"
  do! Console.print_line "after the first"
  handle work with
  | ctl Ask.ask n resume ->
    do! Console.print_line "before"
    do! resume (n + 1)
    Console.print_line "after"
