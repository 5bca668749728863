import Console
effect Stock =
  count_of : String -> Int

let take (name : String) (n : Int) : String ! {Stock} =
  let there = Stock.count_of name
  if there < n then ret "only \(there)"
  else ret "left \(there - n)"
