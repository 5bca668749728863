import List
import Map

let insert_all (numbers : List Int) = List.fold (fun table n -> Map.insert n n table) Map.empty numbers

let sizes () =
  let table = insert_all
  (Map.size table, Map.is_empty table, Map.get 1 table)
