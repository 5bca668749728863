effect Store =
  get : String -> Option String
  put : String -> String -> Unit

let nowhere (c : a ! {Store | e}) : a ! e =
  handle c with
  | Store.get _ -> ret None
