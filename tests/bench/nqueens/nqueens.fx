import Console
import List

let is_safe (queen : Int) (distance : Int) (placed : List Int) : Bool =
  match placed
  | [] -> True
  | other :: rest ->
    queen != other && queen != other + distance && queen != other - distance && is_safe queen (distance + 1) rest

let add_queens (queen : Int) (placed : List Int) (found : List (List Int)) : List (List Int) =
  if queen == 0 then found
  else if is_safe queen 1 placed then add_queens (queen - 1) placed ((queen :: placed) :: found)
  else add_queens (queen - 1) placed found

let extend (size : Int) (found : List (List Int)) (shorter : List (List Int)) : List (List Int) =
  match shorter
  | [] -> found
  | placed :: rest -> extend size (add_queens size placed found) rest

let place (size : Int) (rows : Int) : List (List Int) =
  if rows == 0 then [[]] else extend size [] (place size (rows - 1))

let main (_ : List String) : Unit ! {Console} =
  Console.print_line "\(List.length (place 12 12))"
