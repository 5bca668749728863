let first_of (names : List String) : String =
  match names
  | [] -> "nobody"
  | [first | rest] -> first
