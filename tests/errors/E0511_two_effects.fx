effect Store =
  get : String -> Option Int
effect Log =
  say : String -> Unit
let f (c : a ! {Store, Log | e}) : a ! e =
  handle c with
  | Store.get _ -> ret None
  | Log.say _ -> ret ()
