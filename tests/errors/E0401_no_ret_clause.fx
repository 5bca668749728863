effect Ask =
  ask : String -> Int

let both (c : a ! {Ask | e}) : List a ! e =
  handle c with
  | ctl Ask.ask _ resume ->
    let! left = resume 1
    let! right = resume 2
    ret (left ++ right)
