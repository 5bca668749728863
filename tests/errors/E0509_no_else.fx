let sign (n : Int) =
  if n > 0 then
    "more"
