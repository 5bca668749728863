import Time

let at (now : Int) (c : a ! {Time | e}) : a ! e =
  handle c with
  | Tie.get -> ret now
  | Time.now -> ret now
  | Time.monotonic -> ret now
  | Time.sleep _ -> ret ()
