effect Ask =
  ask : String -> Int

let three (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask _ -> resume 3
