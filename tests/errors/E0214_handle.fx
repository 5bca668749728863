effect Store =
  get : Int
let run (c : a ! {Store | e}) : a ! e =
  handle c
  | Store.get -> ret 1
