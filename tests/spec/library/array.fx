// Array against List, for any values; and that an array never changes under those who hold it.
import Array
import List
import Option

let of (xs : List Int) : Array Int = Array.from_list xs

test "there and back" (xs : List Int) = Array.to_list (of xs) == xs && Array.length (of xs) == List.length xs
test "get" (i : Int) (xs : List Int) = Array.get i (of xs) == List.get i xs && List.all (fun j -> Array.get j (of xs) == List.get j xs) (List.range (-1) (List.length xs))
test "set" (x : Int) (xs : List Int) =
  let array = of xs
  List.all (fun i -> Array.to_list (Array.set i x array) == List.take i xs ++ [x] ++ List.drop (i + 1) xs) (List.range 0 (List.length xs - 1)) && array == of xs
test "swap" (xs : List Int) =
  let array = of xs
  let places = List.range 0 (List.length xs - 1)
  List.all (fun i -> List.all (fun j -> Array.get i (Array.swap i j array) == Array.get j array && Array.swap j i (Array.swap i j array) == array) places) places
test "push and pop" (x : Int) (xs : List Int) =
  let array = of xs
  Array.pop (Array.push x array) == Some (x, array) && Array.to_list (Array.push x array) == xs ++ [x] && array == of xs
test "append" (xs : List Int) (ys : List Int) = Array.append (of xs) (of ys) == of (xs ++ ys)
test "slice" (start : Int) (end : Int) (xs : List Int) =
  Array.to_list (Array.slice start end (of xs)) == (if end <= start then [] else List.drop start (List.take end xs))
test "map, filter, fold" (f : Int -> Int) (g : Int -> Bool) (h : Int -> Int -> Int) (start : Int) (xs : List Int) =
  Array.map f (of xs) == of (List.map f xs) && Array.filter g (of xs) == of (List.filter g xs) && Array.fold h start (of xs) == List.fold h start xs
    && Array.fold_right h start (of xs) == List.fold_right h start xs && Array.find_index g (of xs) == List.find_index g xs
    && Array.any g (of xs) == List.any g xs && Array.all g (of xs) == List.all g xs
test "map_indexed" (xs : List Int) = Array.to_list (Array.map_indexed (fun i x -> (i, x)) (of xs)) == List.map_indexed (fun i x -> (i, x)) xs
test "sort and reverse" (xs : List Int) = Array.sort (of xs) == of (List.sort xs) && Array.reverse (of xs) == of (List.reverse xs)
test "binary_search" (x : Int) (xs : List Int) =
  let sorted = Array.sort (of xs)
  List.all (fun y -> Option.and_then (fun i -> Array.get i sorted) (Array.binary_search y sorted) == Some y) xs
    && Option.is_some (Array.binary_search x sorted) == List.contains x xs
test "order" (xs : List Int) (ys : List Int) = compare (of xs) (of ys) == compare xs ys
test "update" (f : Int -> Int) (xs : List Int) =
  List.all (fun i -> Array.get i (Array.update i f (of xs)) == Option.map f (List.get i xs)) (List.range 0 (List.length xs - 1))
test "make and init" (count : Int) (f : Int -> Int) when count < 100 =
  Array.to_list (Array.init count f) == List.init count f && Array.to_list (Array.make count 'x') == List.repeat count 'x'
