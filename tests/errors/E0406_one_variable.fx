let twice (n : nIt) : Int =
  if n > 0 then
    n - 1
  else
    n + 1
