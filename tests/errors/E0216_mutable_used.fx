let mutable count = 5

let next (by : Int) : Int =
  let mutable step = by
  count + step
