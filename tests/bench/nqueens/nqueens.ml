let rec is_safe (queen : int) distance = function
  | [] -> true
  | other :: rest ->
    queen <> other && queen <> other + distance && queen <> other - distance && is_safe queen (distance + 1) rest

let rec add_queens (queen : int) placed found =
  if queen = 0 then found
  else if is_safe queen 1 placed then add_queens (queen - 1) placed ((queen :: placed) :: found)
  else add_queens (queen - 1) placed found

let rec extend size found = function
  | [] -> found
  | placed :: rest -> extend size (add_queens size placed found) rest

let rec place size rows = if rows = 0 then [ [] ] else extend size [] (place size (rows - 1))
let () = Printf.printf "%d\n" (List.length (place 12 12))
