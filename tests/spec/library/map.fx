// Map and Set against lists of pairs and sorted lists, for any values.
import List
import Map
import Option
import Set

let keys_of (pairs : List (k, v)) : List k = List.sort (List.unique (List.map (fun (key, _) -> key) pairs))
let find_last (key : k) (pairs : List (k, v)) : Option v =
  Option.map (fun (_, value) -> value) (List.find (fun (other, _) -> other == key) (List.reverse pairs))

test "from_list and get" (key : Int) (pairs : List (Int, Char)) =
  let table = Map.from_list pairs
  Map.keys table == keys_of pairs && Map.size table == List.length (keys_of pairs)
    && List.all (fun (other, _) -> Map.get other table == find_last other pairs) pairs
    && Map.get key table == find_last key pairs && Map.contains key table == Option.is_some (find_last key pairs)
test "insert" (key : Int) (value : Char) (pairs : List (Int, Char)) = Map.insert key value (Map.from_list pairs) == Map.from_list (pairs ++ [(key, value)])
test "remove" (key : Int) (pairs : List (Int, Char)) =
  Map.remove key (Map.from_list pairs) == Map.from_list (List.filter (fun (other, _) -> other != key) pairs)
test "remove one that is there" (pairs : List (Int, Char)) =
  List.all (fun (key, _) -> Map.remove key (Map.from_list pairs) == Map.from_list (List.filter (fun (other, _) -> other != key) pairs)) pairs
test "update" (key : Int) (f : Option Char -> Option Char) (table : Map Int Char) =
  Map.get key (Map.update key f table) == f (Map.get key table) && Map.remove key (Map.update key f table) == Map.remove key table
test "there and back" (table : Map Int Char) =
  Map.from_list (Map.to_list table) == table && Map.keys table == List.sort (Map.keys table) && Map.to_list table == List.zip (Map.keys table) (Map.values table)
test "folds" (table : Map Int Char) =
  Map.fold (fun done key value -> (key, value) :: done) [] table == List.reverse (Map.to_list table)
    && Map.fold_right (fun key value done -> (key, value) :: done) [] table == Map.to_list table
test "map and filter" (f : Int -> Char -> Bool) (table : Map Int Char) =
  Map.to_list (Map.filter f table) == List.filter (fun (key, value) -> f key value) (Map.to_list table)
    && Map.to_list (Map.map f table) == List.map (fun (key, value) -> (key, f key value)) (Map.to_list table)
    && Map.partition f table == (Map.filter f table, Map.difference table (Map.filter f table))
    && Map.count f table == Map.size (Map.filter f table) && Map.find f table == Map.minimum (Map.filter f table)
    && Map.any f table == (Map.count f table > 0) && Map.all f table == (Map.count f table == Map.size table)
test "filter_map" (f : Int -> Char -> Option Int) (table : Map Int Char) =
  Map.to_list (Map.filter_map f table) == List.filter_map (fun (key, value) -> Option.map (fun new -> (key, new)) (f key value)) (Map.to_list table)
test "union" (left : Map Int Char) (right : Map Int Char) = Map.union left right == Map.from_list (Map.to_list right ++ Map.to_list left)
test "union_with" (f : Int -> Int -> Int) (left : Map Char Int) (right : Map Char Int) =
  Map.union_with f left right == Map.from_list_with f (Map.to_list left ++ Map.to_list right)
test "intersect and difference" (left : Map Int Char) (right : Map Int Bool) =
  Map.intersect left right == Map.filter (fun key _ -> Map.contains key right) left
    && Map.difference left right == Map.filter (fun key _ -> not (Map.contains key right)) left
test "split" (key : Int) (table : Map Int Char) =
  Map.split key table == (Map.filter (fun other _ -> other < key) table, Map.get key table, Map.filter (fun other _ -> other > key) table)
test "ends" (table : Map Int Char) = Map.minimum table == List.head (Map.to_list table) && Map.maximum table == List.last (Map.to_list table)
test "order" (left : Map Int Char) (right : Map Int Char) = compare left right == compare (Map.to_list left) (Map.to_list right)

test "a set is a sorted list without repetition" (xs : List Int) = Set.to_list (Set.from_list xs) == List.sort (List.unique xs)
test "sets change" (x : Int) (xs : List Int) =
  Set.to_list (Set.insert x (Set.from_list xs)) == List.sort (List.unique (x :: xs))
    && Set.to_list (Set.remove x (Set.from_list xs)) == List.filter (fun y -> y != x) (List.sort (List.unique xs))
    && Set.contains x (Set.from_list xs) == List.contains x xs
test "sets together" (left : Set Int) (right : Set Int) =
  let in_left x = Set.contains x left
  let in_right x = Set.contains x right
  Set.union left right == Set.from_list (Set.to_list left ++ Set.to_list right) && Set.intersect left right == Set.filter in_right left
    && Set.difference left right == Set.filter (fun x -> not (in_right x)) left
    && Set.either_only left right == Set.difference (Set.union left right) (Set.intersect left right)
    && Set.is_subset left right == Set.all in_right left && Set.is_disjoint left right == not (Set.any in_left right)
    && Set.is_subset left (Set.union left right) && Set.is_subset (Set.intersect left right) left
test "sets mapped" (f : Int -> Int) (xs : Set Int) = Set.map f xs == Set.from_list (List.map f (Set.to_list xs))
