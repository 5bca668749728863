import Console

effect Stock =
  left : String -> Int

effect Shelf =
  count : String -> Int

let on_shelf (c : a ! {Stock}) : a ! {Shelf} =
  handle c with
  | Stock.left name -> Shelf.count name

let sold : Int ! {Console, Shelf} =
  on_shelf (
    let! n = Stock.left "tea"
    do! Console.print_line "asked"
    ret n)
