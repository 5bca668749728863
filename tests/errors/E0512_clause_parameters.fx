effect Store =
  get : String -> Option String

let f (c : a ! {Store | e}) : a ! e =
  handle c with
  | Store.get -> ret None

let g (c : a ! {Store | e}) : a ! e =
  handle c with
  | ctl Store.get resume -> resume None
