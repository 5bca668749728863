effect Stock =
  left : String -> Int ! {Stock}
  take : String -> Int -> Unit ! {Stock}
  all : List String ! {Stock}

let sold : Int ! {Stock} =
  do! Stock.take "tea" 1
  let! _ = Stock.all
  Stock.left "tea"
