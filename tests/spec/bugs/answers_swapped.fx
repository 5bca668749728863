// The pair is in the order in which it was asked for, whoever answers first.
effect Shop =
  price : String -> Int

let program : Int ! {Shop} =
  let! (sell, buy) = join (Shop.price "buy") (Shop.price "sell")
  ret (sell - buy)

spec margin =
  program runs
    join
      Shop.price "buy" => 10
    and
      Shop.price "sell" => 15
  returns 5
