let f n = if n then 1 else 2
let g n = if n + 1 then 1 else 2
let h xs =
  match xs
  | x :: _ when x + 1 -> x
  | _ -> 0
