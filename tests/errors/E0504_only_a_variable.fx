effect Ask =
  ask : Int

let with_three (c : a ! {Ask | e}) : a ! {} =
  handle c with
  | Ask.ask -> ret 3
