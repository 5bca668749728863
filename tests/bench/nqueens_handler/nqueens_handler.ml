exception Fail

let rec is_safe (queen : int) distance = function
  | [] -> true
  | other :: rest ->
    queen <> other && queen <> other + distance && queen <> other - distance && is_safe queen (distance + 1) rest

let rec place size column placed =
  if column = 0 then placed
  else
    let rec try_from n =
      if n > size then raise_notrace Fail
      else
        try
          if is_safe n 1 placed then place size (column - 1) (n :: placed) else raise_notrace Fail
        with Fail -> try_from (n + 1)
    in
    try_from 1

let () = Printf.printf "%d\n" (List.fold_left (fun sum queen -> (sum * 7 mod 1000003) + queen) 0 (place 22 22 []))
