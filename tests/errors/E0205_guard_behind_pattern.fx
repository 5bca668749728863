let size list =
  match list
  | [x] if x > 10 -> "large"
  | x :: _ if x > 10 -> "several, the first of them large"
  | _ -> "small"
