let describe n =
  if n > 0 then "positive"
  else if n < 0 then 'n'
  else 0

let size n =
  match n
  | 0 -> "none"
  | 1 -> "one"
  | _ -> n
