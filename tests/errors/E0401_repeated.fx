import List
import String
import Map

let f (table : List Int) : Int =
  let other = 1
  match (Map.get 1 table, Map.get 2 table)
  | (Some a, Some b) -> a + b + Map.size table + List.length other
  | _ -> Map.size other

