effect Fail =
  fail : String -> Never

let to_option (c : a ! {Fail | e}) : Option a ! e =
  handle c with
  | answer -> ret (Some answer)
  | Fail.fail _ -> ret None
