// List beyond its examples: two hundred thousand items, stability, empty lists, computations.
import Console
import Int
import List

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

let length = 200_000

let long : List Int = List.range 1 length

// Long enough to show what is quadratic.
let count = 50000

let large : List Int = List.range 1 count

// A permutation of 0 to count - 1.
let mixed : List Int = List.init count (fun i -> i * 7919 % count)

let no_ints : List Int = []

let lengths : Unit ! {Console} =
  do! check "range" (List.length long == length && List.last long == Some length)
  do! check "repeat" (List.sum (List.repeat length 2) == 2 * length)
  do! check "map" (List.sum (List.map (fun x -> x + 1) long) == List.sum long + length)
  do! check "filter" (List.length (List.filter (fun x -> x % 3 == 0) long) == length / 3)
  do! check "reverse" (List.head (List.reverse long) == Some length)
  do! check "append" (List.length (List.append long long) == 2 * length)
  do! check "++" (List.length (long ++ long) == 2 * length)
  do! check "fold_right" (List.fold_right (fun x rest -> x :: rest) [] long == long)
  do! check "sort" (List.minimum (List.sort (List.init length (fun i -> i * 7919 % length))) == Some 0)
  do! check "get" (List.get (length - 1) long == Some length && List.get length long == None && List.get Int.min_value long == None)
  do! check "init" (List.length mixed == count && List.head mixed == Some 0)
  do! check "filter_map" (List.length (List.filter_map (fun x -> if x > 10 then Some (show x) else None) large) == count - 10)
  do! check "concat" (List.length (List.concat (List.map (fun x -> [x, x]) large)) == 2 * count)
  do! check "concat_map" (List.length (List.concat_map (fun x -> [x, x]) large) == 2 * count)
  do! check "zip" (List.length (List.zip large (List.drop 1 large)) == count - 1)
  do! check "unzip" (List.unzip (List.zip large mixed) == (large, mixed))
  do! check "take and drop" (List.append (List.take 20000 large) (List.drop 20000 large) == large)
  do! check "split_at" (List.split_at (count - 1) large == (List.range 1 (count - 1), [count]))
  do! check "chunks" (List.length (List.chunks 3 large) == 16667)
  do! check "intersperse" (List.length (List.intersperse 0 large) == 2 * count - 1)
  check "partition" (List.length (fst_of (List.partition (fun x -> x > 1) large)) == count - 1)

let fst_of ((left, _) : (a, b)) : a = left

let orders : Unit ! {Console} =
  do! check "sort mixed" (List.sort mixed == List.range 0 (count - 1))
  do! check "sort sorted" (List.sort large == large)
  do! check "sort reversed" (List.sort (List.reverse large) == large)
  do! check "sort equal" (List.length (List.sort (List.repeat 20000 "x")) == 20000)
  do! check "sort is stable" (is_stable (List.sort_by (fun (key, _) -> key) (List.init 20000 (fun i -> (i * 31 % 10, i)))))
  do! check "sort_with downward" (List.sort_with (fun x y -> compare y x) mixed == List.reverse (List.range 0 (count - 1)))
  do! check "small sorts" (List.all sorts_alike (permutations [1, 2, 2, 3, 4]))
  do! check "sort floats" (List.sort [2.5, -1.0, 0.0] == [-1.0, 0.0, 2.5])
  do! check "unique" (List.unique (List.map (fun x -> x % 1000) large) == List.map (fun x -> x % 1000) (List.range 1 1000))
  do! check "group_by" (List.map (fun (key, items) -> (key, List.length items)) (List.group_by (fun x -> x % 4) (List.range 1 10)) == [(0, 2), (1, 3), (2, 3), (3, 2)])
  check "minimum and maximum" (List.minimum mixed == Some 0 && List.maximum mixed == Some (count - 1) && List.minimum no_ints == None)

let is_stable (pairs : List (Int, Int)) : Bool =
  List.all (fun ((key, i), (next_key, j)) -> key < next_key || key == next_key && i < j) (List.zip pairs (List.drop 1 pairs))

let sorts_alike (xs : List Int) : Bool = List.sort xs == [1, 2, 2, 3, 4]

let permutations (xs : List a) : List (List a) =
  match xs
  | [] -> [[]]
  | x :: rest -> List.concat_map (fun others -> insertions x others) (permutations rest)

let insertions (x : a) (xs : List a) : List (List a) =
  match xs
  | [] -> [[x]]
  | y :: rest -> (x :: xs) :: List.map (fun inserted -> y :: inserted) (insertions x rest)

let edges : Unit ! {Console} =
  do! check "empty" (List.is_empty (List.map (fun x -> x + 1) no_ints) && List.reverse no_ints == [] && List.sort no_ints == [])
  do! check "empty asked" (List.head no_ints == None && List.tail no_ints == None && List.last no_ints == None)
  do! check "range at the ends of Int" (List.range 9223372036854775806 9223372036854775807 == [9223372036854775806, 9223372036854775807])
  do! check "range at the other end" (List.range (-9223372036854775808) (-9223372036854775807) == [-9223372036854775808, -9223372036854775807])
  do! check "negative counts" (List.take (-5) [1] == [] && List.drop (-5) [1] == [1] && List.init (-1) (fun i -> i) == [])
  do! check "chunks of nothing" (List.chunks 0 [1, 2] == [[1], [2]])
  do! check "zip" (List.zip [1, 2] no_ints == [])
  do! check "find" (List.find (fun x -> x == 5) large == Some 5 && List.index_of 7 large == Some 6)
  do! check "find_map" (List.find_map (fun x -> if x > 3 then Some (x * 2) else None) [1, 5, 9] == Some 10)
  do! check "while" (List.take_while (fun x -> x < 4) large == [1, 2, 3] && List.head (List.drop_while (fun x -> x < 4) large) == Some 4)
  do! check "floats" (List.map (fun x -> x * 2.0) [1.5, -0.5] == [3.0, -1.0] && List.fold (fun x y -> x + y) 0.0 [0.5, 0.25] == 0.75)
  check "strings" (List.fold (fun text x -> text ++ x) "" (List.repeat 1000 "ab") != "" && List.maximum ["b", "abc"] == Some "b")

cell Count : Int = 0

let counted (x : Int) : Int ! {Count} =
  do! Count.update (fun n -> n + 1)
  ret (x * 2)

let shout (x : Int) : Int ! {Console} =
  do! Console.print_line "item \(x)"
  ret (x * 10)

let computations : Unit ! {Console, Count} =
  let! doubled = List.map_seq counted large
  let! number = Count.get
  do! check "map_seq" (List.sum doubled == 2 * List.sum large && number == count)
  do! List.iter_seq (fun x -> Count.update (fun n -> n - 1)) large
  let! none = Count.get
  do! check "iter_seq" (none == 0)
  let! total = List.fold_seq (fun sum x -> ret (sum + x)) 0 large
  do! check "fold_seq" (total == List.sum large)
  let! even = List.filter_seq (fun x -> ret (x % 2 == 0)) large
  do! check "filter_seq" (List.length even == 25000)
  let! in_order = List.map_seq shout [1, 2, 3]
  do! check "map_seq in order" (in_order == [10, 20, 30])
  let! at_once = List.map_par shout [4, 5]
  do! check "map_par in order" (at_once == [40, 50])
  let! pooled = List.map_pool 2 shout [6, 7, 8]
  do! check "map_pool in order" (pooled == [60, 70, 80])
  do! List.iter_par (fun x -> Console.print_line "par \(x)") [1, 2]
  do! List.iter_pool 1 (fun x -> Console.print_line "pool \(x)") [1, 2]
  let! nothing = List.map_par shout []
  let! nothing_pooled = List.map_pool 3 shout []
  check "parallel on nothing" (nothing == [] && nothing_pooled == [])

let main (_ : List String) : Unit ! {Console, Count} =
  do! lengths
  do! orders
  do! edges
  do! computations
  Console.print_line "done"
