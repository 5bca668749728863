let is_small (n : Int) : Bool =
  match n
  | k when k > 0 and k < 10 -> True
  | _ -> False
