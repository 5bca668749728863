import Time

let tick : Unit ! {Time} =
  go (Time.sleep 1000)

let quickest : Unit ! {Time} =
  race (Time.sleep 1000) (Time.sleep 2000)

let tidy : Unit ! {Time} =
  defer (Time.sleep 1000)
