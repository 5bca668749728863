let f (n : Int) : String ! {} =
  do! yield
   "\(n)"
