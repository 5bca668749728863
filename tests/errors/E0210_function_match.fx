let name = function
  | 0 -> "zero"
  | _ -> "other"
