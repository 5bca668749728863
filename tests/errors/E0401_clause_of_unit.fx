effect Refuse =
  refuse : String -> Unit

effect Stop =
  stop : String -> Never

let to_result (c : a ! {Refuse | e}) : Result a String ! e =
  handle c with
  | ret x -> ret (Ok x)
  | Refuse.refuse why -> ret (Err why)

let stopped (c : a ! {Stop | e}) : Result a String ! e =
  handle c with
  | ret x -> ret (Ok x)
  | Stop.stop why -> ret why
