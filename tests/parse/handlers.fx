let to_result (c : a ! {Fail e | r}) : Result a e ! r =
  handle c with
  | ret x -> ret (Ok x)
  | Fail.raise e -> ret (Err e)
let choices c =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)
  | get (Some key) _ -> ret key
let one_line = handle c with | ret x -> ret x | Store.clear -> ret ()
