let describe xs =
  match xs
  | [x] -> one \(x)"
  | _ -> "many"

let inputs = ["[123]", [-foo]", "[-1x]", "[1ea]"]
