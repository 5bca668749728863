exception Done of int

let rec product = function
  | [] -> 0
  | 0 :: _ -> raise_notrace (Done 0)
  | n :: rest -> n * product rest

let rec down_to_zero n = if n < 0 then [] else n :: down_to_zero (n - 1)

let rec repeat n numbers total =
  if n = 0 then total else repeat (n - 1) numbers (total + try product numbers with Done n -> n)

let () = Printf.printf "%d\n" (repeat 100_000 (down_to_zero 1000) 0)
