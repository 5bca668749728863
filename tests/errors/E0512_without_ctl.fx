effect Amb =
  flip : Bool
let h (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | Amb.flip resume -> resume True
