cell Hits : Int = 0

let fixed (c : a ! {Hits | e}) : a ! e =
  handle c with
  | Hits.get -> ret 5
  | Hits.set _ -> ret ()
  | Hits.update _ -> ret ()
  | Hits.run _ _ -> ret ((), 0)
