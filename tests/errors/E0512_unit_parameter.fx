effect Clock =
  now : Int

let at_noon (c : a ! {Clock | e}) : a ! e =
  handle c with
  | Clock.now () -> ret 12
