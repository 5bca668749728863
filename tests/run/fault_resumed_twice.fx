import Console

/// A continuation that holds an open bracket can be resumed once.
effect Amb =
  flip : Bool

let choices (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let held : Bool ! {Amb, Console} =
  bracket (Console.print_line "open") (fun _ -> Console.print_line "close") (fun _ -> Amb.flip)

let main (_ : List String) : Unit ! {Console} =
  let! all = bracket (ret ()) (fun _ -> Console.print_line "outer close") (fun _ -> choices held)
  Console.print_line (show all)
