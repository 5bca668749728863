// The laws of List, for any values.
import Int
import List
import Option

let is_sorted (xs : List Int) : Bool = List.all (fun (x, y) -> x <= y) (List.pairs xs)
let is_permutation (xs : List Int) (ys : List Int) : Bool =
  List.length xs == List.length ys && List.all (fun x -> List.count (fun y -> y == x) ys == List.count (fun y -> y == x) xs) xs

test "reverse" (xs : List Int) (ys : List Int) =
  List.reverse (List.reverse xs) == xs && List.reverse (xs ++ ys) == List.reverse ys ++ List.reverse xs
test "append" (xs : List Int) (ys : List Int) (zs : List Int) = (xs ++ ys) ++ zs == xs ++ (ys ++ zs) && List.append xs ys == xs ++ ys && xs ++ [] == xs
test "length" (xs : List Int) (ys : List Int) = List.length (xs ++ ys) == List.length xs + List.length ys
test "map" (f : Int -> Int) (g : Int -> Int) (xs : List Int) = List.map f (List.map g xs) == List.map (fun x -> f (g x)) xs
test "map_indexed" (xs : List Int) = List.map_indexed (fun i x -> (i, x)) xs == List.zip (List.range 0 (List.length xs - 1)) xs
test "filter" (f : Int -> Bool) (xs : List Int) =
  List.partition f xs == (List.filter f xs, List.filter (fun x -> not (f x)) xs) && List.count f xs == List.length (List.filter f xs)
test "filter_map" (f : Int -> Option Int) (xs : List Int) = List.filter_map f xs == Option.values (List.map f xs)
test "concat_map" (f : Int -> List Int) (xs : List Int) = List.concat_map f xs == List.concat (List.map f xs)
test "folds" (f : Int -> Int -> Int) (start : Int) (xs : List Int) =
  List.fold f start xs == List.fold_right (fun x done -> f done x) start (List.reverse xs) && List.last (List.scan f start xs) == Some (List.fold f start xs)
test "all and any" (f : Int -> Bool) (xs : List Int) = List.all f xs == not (List.any (fun x -> not (f x)) xs)
test "find" (f : Int -> Bool) (xs : List Int) =
  List.find f xs == List.head (List.filter f xs) && Option.and_then (fun i -> List.get i xs) (List.find_index f xs) == List.find f xs
test "index_of" (x : Int) (xs : List Int) = List.index_of x xs == List.find_index (fun y -> y == x) xs && List.contains x xs == Option.is_some (List.index_of x xs)
test "get" (i : Int) (xs : List Int) = List.get i xs == (if i < 0 then None else List.head (List.drop i xs))
test "ends" (xs : List Int) = List.head (List.reverse xs) == List.last xs && List.tail xs == (if xs == [] then None else Some (List.drop 1 xs))
test "take and drop" (n : Int) (xs : List Int) =
  List.take n xs ++ List.drop n xs == xs && List.split_at n xs == (List.take n xs, List.drop n xs) && List.length (List.take n xs) == Int.clamp 0 (List.length xs) n
test "take_while and drop_while" (f : Int -> Bool) (xs : List Int) =
  List.take_while f xs ++ List.drop_while f xs == xs && List.all f (List.take_while f xs)
test "chunks" (n : Int) (xs : List Int) =
  List.concat (List.chunks n xs) == xs && List.all (fun chunk -> chunk != [] && List.length chunk <= Int.max 1 n) (List.chunks n xs)
test "intersperse" (x : Int) (xs : List Int) = List.length (List.intersperse x xs) == Int.max 0 (2 * List.length xs - 1)
test "zip and unzip" (xs : List Int) (ys : List Char) =
  let pairs = List.zip xs ys
  let shorter = Int.min (List.length xs) (List.length ys)
  List.unzip pairs == (List.take shorter xs, List.take shorter ys)
test "sort" (xs : List Int) = is_sorted (List.sort xs) && is_permutation (List.sort xs) xs
test "sort keeps equal items in order" (xs : List (Int, Int)) =
  let numbered = List.map_indexed (fun i (x, _) -> (x % 3, i)) xs
  List.sort_by (fun (key, _) -> key) numbered == List.sort numbered
test "sort_with" (xs : List Int) = List.sort_with (fun x y -> compare y x) xs == List.reverse (List.sort xs)
test "minimum and maximum" (xs : List Int) = List.minimum xs == List.head (List.sort xs) && List.maximum xs == List.last (List.sort xs)
test "unique" (xs : List Int) =
  let once = List.unique xs
  List.sort once == List.unique (List.sort xs) && List.unique once == once && List.all (fun x -> List.contains x once) xs
test "group_by" (f : Int -> Int) (xs : List Int) =
  let groups = List.group_by f xs
  is_sorted (List.map (fun (key, _) -> key) groups) && List.all (fun (key, items) -> items == List.filter (fun x -> f x == key) xs && items != []) groups
    && List.sum (List.map (fun (_, items) -> List.length items) groups) == List.length xs
test "range" (low : Int) (count : Int) when Int.checked_add low count != None && count >= 1 && count < 100 =
  List.range low (low + count - 1) == List.init count (fun i -> low + i)
