effect Store k =
  get : String -> Option k
  put : String -> k -> Unit
  clear : Unit
let f (c : a ! {Store Int | e}) : a ! e =
  handle c with
  | Store.get _ -> ret None
