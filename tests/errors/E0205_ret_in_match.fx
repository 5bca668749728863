effect Fail =
  fail : String -> Never

let to_option (c : a ! {Fail | e}) : Option a ! e =
  match c with
  | ret x -> ret (Some x)
  | Fail.fail _ -> ret None
