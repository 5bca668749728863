import Time

let discount (n : Int) : Int ! {Time} =
  do! Time.sleep 1
  ret (100 / (n - 3))

let of_item (n : Int) : Int ! {Time} =
  let! d = discount n
  do! Time.sleep 1
  ret (d * n)
