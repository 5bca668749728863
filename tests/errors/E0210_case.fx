let f x = case x of
  Some y -> y
  None -> 0
