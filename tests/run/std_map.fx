// Map and Set: balance kept through a hundred thousand changes, against a model in lists; sharing; equality.
import Console
import Int
import List
import Map
import Set

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

let count = 30000

let scattered : List Int = List.init count (fun i -> i * 7919 % count)

// From numbers that look random: the next of Knuth's MMIX generator.
let next (seed : Int) : Int = Int.wrapping_add (Int.wrapping_multiply seed 6364136223846793005) 1442695040888963407

let insert_all (keys : List Int) : Map Int Int = List.fold (fun table key -> Map.insert key (key * 2) table) Map.empty keys

// A random walk of inserts and removals beside a sorted list; answers whether they ever differ.
let walk (steps : Int) (seed : Int) (table : Map Int Int) (model : List (Int, Int)) : Bool =
  if steps == 0 then True
  else
    let key = Int.shift_right_zeros 33 seed % 40
    let removes = Int.shift_right_zeros 60 seed < 7
    let table' = if removes then Map.remove key table else Map.insert key steps table
    let without = List.filter (fun (other, _) -> other != key) model
    let model' = if removes then without else List.sort ((key, steps) :: without)
    Map.to_list table' == model' && Map.size table' == List.length model' && walk (steps - 1) (next seed) table' model'

let large : Unit ! {Console} =
  let table = insert_all scattered
  do! check "size" (Map.size table == count)
  do! check "keys" (Map.keys table == List.range 0 (count - 1))
  do! check "values" (Map.values table == List.map (fun key -> key * 2) (List.range 0 (count - 1)))
  do! check "get" (List.all (fun key -> Map.get key table == Some (key * 2)) scattered)
  do! check "not there" (Map.get (-1) table == None && Map.get count table == None)
  let odd = List.fold (fun rest key -> if key % 2 == 0 then Map.remove key rest else rest) table scattered
  do! check "remove" (Map.keys odd == List.filter (fun key -> key % 2 == 1) (List.range 0 (count - 1)))
  do! check "the first map is unchanged" (Map.size table == count && Map.get 0 table == Some 0)
  do! check "rising" (Map.size (insert_all (List.range 1 count)) == count)
  do! check "falling" (Map.keys (insert_all (List.reverse (List.range 1 count))) == List.range 1 count)
  do! check "filter" (Map.to_list (Map.filter (fun key _ -> key % 2 == 1) table) == Map.to_list odd)
  let united = Map.union (Map.map (fun _ _ -> 0) odd) table
  do! check "union" (Map.keys united == Map.keys table && Map.get 1 united == Some 0 && Map.get 2 united == Some 4)
  do! check "intersect" (Map.to_list (Map.intersect table odd) == Map.to_list odd)
  do! check "difference" (Map.keys (Map.difference table odd) == List.filter (fun key -> key % 2 == 0) (List.range 0 (count - 1)))
  do! check "fold" (Map.fold (fun total key value -> total + value - key) 0 table == List.sum scattered)
  check "ends" (Map.minimum table == Some (0, 0) && Map.maximum table == Some (count - 1, 2 * count - 2))

let equality : Unit ! {Console} =
  let up = Map.from_list (List.map (fun i -> (i, show i)) (List.range 1 100))
  let down = Map.from_list (List.reverse (List.map (fun i -> (i, show i)) (List.range 1 100)))
  do! check "equal whatever the order" (up == down && compare up down == Equal)
  do! check "different" (up != Map.remove 50 down && up != Map.insert 1 "" down)
  do! check "order" (Map.singleton 1 "a" < Map.singleton 1 "b" && Map.empty < Map.singleton 1 "a")
  do! check "as keys" (Map.get (Set.from_list [2, 1]) (Map.singleton (Set.from_list [1, 2]) "found") == Some "found")
  do! Console.print_line (show (Map.from_list [(2, "b"), (1, "a")]))
  do! Console.print_line (show (Some (Set.from_list [3, 1, 2])))
  check "within other values" ([Some up] == [Some down] && (Set.from_list ["a", "b"], 1) == (Set.from_list ["b", "a"], 1))

let sets : Unit ! {Console} =
  let evens = Set.from_list (List.filter (fun x -> x % 2 == 0) scattered)
  let threes = Set.from_list (List.filter (fun x -> x % 3 == 0) scattered)
  do! check "union" (Set.size (Set.union evens threes) == Set.size evens + Set.size threes - Set.size (Set.intersect evens threes))
  do! check "intersect" (Set.to_list (Set.intersect evens threes) == List.filter (fun x -> x % 6 == 0) (List.range 0 (count - 1)))
  do! check "difference" (Set.all (fun x -> x % 2 == 1) (Set.difference threes evens))
  do! check "subset" (Set.is_subset (Set.filter (fun x -> x > 50) evens) evens && Set.is_subset evens threes == False)
  check "map" (Set.to_list (Set.map (fun x -> x % 3) evens) == [0, 1, 2])

let small : Unit ! {Console} =
  do! check "walk" (walk 3000 1 Map.empty [] && walk 3000 77 Map.empty [])
  do! check "update" (Map.to_list (List.fold (fun table word -> Map.update word add_one table) Map.empty ["a", "b", "a"]) == [("a", 2), ("b", 1)])
  do! check "remove what is not there" (Map.to_list (Map.remove 5 (Map.singleton 1 2)) == [(1, 2)])
  do! check "float values" (Map.get "x" (Map.from_list [("x", 1.5)]) == Some 1.5)
  do! check "float keys" (Map.keys (Map.from_list [(2.5, ()), (-1.0, ())]) == [-1.0, 2.5])
  check "any and all" (Map.any (fun _ value -> value > 1) (Map.from_list [(1, 1), (2, 2)]) && Map.all (fun _ _ -> False) Map.empty)

let add_one (found : Option Int) : Option Int =
  match found
  | Some n -> Some (n + 1)
  | None -> Some 1

let main (_ : List String) : Unit ! {Console} =
  do! large
  do! equality
  do! sets
  do! small
  Console.print_line "done"
