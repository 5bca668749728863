effect State s =
  read : s
  write : s -> Unit

let run (start : Int) (c : a ! {State Int | e}) : a ! e =
  handle c with
  | ret x -> ret x
