effect Stock =
  left : String -> Int

let with_ten (c : a ! {Stock}) : a =
  handle c with
  | Stock.left _ -> ret 10
