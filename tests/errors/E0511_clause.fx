effect Store =
  get : String -> Option String
effect Other =
  ask : Int

let f (c : a ! {Store, Other | e}) : a ! {Other | e} =
  handle c with
  | Store.get _ -> ret None
  | Store.get _ -> ret (Some "b")
  | Other.ask -> ret 1
