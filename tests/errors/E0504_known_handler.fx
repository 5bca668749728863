import Console

effect Stock =
  left : String -> Int

let with_ten (c : a ! {Stock | e}) : a ! e =
  handle c with
  | Stock.left _ -> ret 10

let main (_ : List String) : Unit ! {Console} =
  let! n = Stock.left "tea"
  Console.print_line "\(n)"
