/// Lists: the first choice for a sequence that is walked from its front.
///
/// Every function here is safe on a list of a million items. Those whose name ends in `_seq`, `_par` or `_pool` run a computation
/// for each item: one after the other, all at once, or at most so many at once; their answers come in the order of the list.

// ---- Making ----

/// The integers from `first` to `last`, both included; none when `last` is smaller.
///
/// ```fx
/// List.range 1 4 == [1, 2, 3, 4]
/// List.range 3 3 == [3]
/// List.range 1 0 == []
/// ```
let range (first : Int) (last : Int) : List Int =
  if first > last then [] else range_onto [] first last

private let range_onto (done : List Int) (first : Int) (last : Int) : List Int =
  if first == last then first :: done else range_onto (last :: done) first (last - 1)

/// `count` times the same item; none when `count` is negative.
///
/// ```fx
/// List.repeat 3 "ha" == ["ha", "ha", "ha"]
/// List.repeat (-1) "ha" == []
/// ```
let repeat (count : Int) (item : a) : List a = repeat_onto [] count item

private let repeat_onto (done : List a) (count : Int) (item : a) : List a =
  if count <= 0 then done else repeat_onto (item :: done) (count - 1) item

/// `[f 0, f 1, ...]`, of length `count`.
///
/// ```fx
/// List.init 4 (fun i -> i * i) == [0, 1, 4, 9]
/// ```
let init (count : Int) (f : Int -> a) : List a = init_onto [] 0 count f

private let init_onto (done : List a) (index : Int) (count : Int) (f : Int -> a) : List a =
  if index >= count then reverse done else init_onto (f index :: done) (index + 1) count f

// ---- Asking ----

/// How many items there are. It walks the whole list.
///
/// ```fx
/// List.length [5, 6, 7] == 3
/// ```
let length (xs : List a) : Int = length_onto 0 xs

private let length_onto (count : Int) (xs : List a) : Int =
  match xs
  | [] -> count
  | _ :: rest -> length_onto (count + 1) rest

/// Whether there is no item.
///
/// ```fx
/// List.is_empty []
/// List.is_empty [()] == False
/// ```
let is_empty (xs : List a) : Bool =
  match xs
  | [] -> True
  | _ :: _ -> False

/// The first item.
///
/// ```fx
/// List.head [1, 2, 3] == Some 1
/// List.head (List.range 1 0) == None
/// ```
let head (xs : List a) : Option a =
  match xs
  | [] -> None
  | x :: _ -> Some x

/// All items but the first.
///
/// ```fx
/// List.tail [1, 2, 3] == Some [2, 3]
/// List.tail (List.range 1 0) == None
/// ```
let tail (xs : List a) : Option (List a) =
  match xs
  | [] -> None
  | _ :: rest -> Some rest

/// The last item.
///
/// ```fx
/// List.last [1, 2, 3] == Some 3
/// ```
let last (xs : List a) : Option a =
  match xs
  | [] -> None
  | [x] -> Some x
  | _ :: rest -> last rest

/// The item at a position, counted from 0.
///
/// ```fx
/// List.get 1 ["a", "b"] == Some "b"
/// List.get 2 ["a", "b"] == None
/// List.get (-1) ["a", "b"] == None
/// ```
let get (index : Int) (xs : List a) : Option a = if index < 0 then None else head (drop index xs)

/// Whether an item equal to this one is in the list.
///
/// ```fx
/// List.contains 2 [1, 2, 3]
/// List.contains 4 [1, 2, 3] == False
/// ```
let contains (item : a) (xs : List a) : Bool =
  match xs
  | [] -> False
  | x :: rest -> x == item || contains item rest

/// Where the first item equal to this one stands.
///
/// ```fx
/// List.index_of "b" ["a", "b", "b"] == Some 1
/// List.index_of "c" ["a", "b", "b"] == None
/// ```
let index_of (item : a) (xs : List a) : Option Int = index_from 0 item xs

private let index_from (index : Int) (item : a) (xs : List a) : Option Int =
  match xs
  | [] -> None
  | x :: rest -> if x == item then Some index else index_from (index + 1) item rest

/// Whether the test holds for at least one item.
///
/// ```fx
/// List.any (fun x -> x > 2) [1, 2, 3]
/// List.any (fun x -> x > 2) [] == False
/// ```
let any (passes : a -> Bool) (xs : List a) : Bool =
  match xs
  | [] -> False
  | x :: rest -> passes x || any passes rest

/// Whether the test holds for every item.
///
/// ```fx
/// List.all (fun x -> x > 2) [3, 4]
/// List.all (fun x -> x > 2) []
/// List.all (fun x -> x > 2) [1, 4] == False
/// ```
let all (passes : a -> Bool) (xs : List a) : Bool =
  match xs
  | [] -> True
  | x :: rest -> passes x && all passes rest

/// How many items pass the test.
///
/// ```fx
/// List.count (fun x -> x % 2 == 0) [1, 2, 4] == 2
/// ```
let count (passes : a -> Bool) (xs : List a) : Int =
  fold (fun total x -> if passes x then total + 1 else total) 0 xs

/// The first item that passes the test.
///
/// ```fx
/// List.find (fun x -> x > 1) [1, 2, 3] == Some 2
/// List.find (fun x -> x > 9) [1, 2, 3] == None
/// ```
let find (passes : a -> Bool) (xs : List a) : Option a =
  match xs
  | [] -> None
  | x :: rest -> if passes x then Some x else find passes rest

/// The first `Some` that `f` answers for an item.
///
/// ```fx
/// List.find_map (fun (name, age) -> if name == "Bo" then Some age else None) [("Al", 30), ("Bo", 41)] == Some 41
/// ```
let find_map (f : a -> Option b) (xs : List a) : Option b =
  match xs
  | [] -> None
  | x :: rest ->
    match f x
    | Some found -> Some found
    | None -> find_map f rest

/// The position of the first item that passes the test.
///
/// ```fx
/// List.find_index (fun x -> x > 1) [1, 2, 3] == Some 1
/// ```
let find_index (passes : a -> Bool) (xs : List a) : Option Int = find_index_from 0 passes xs

private let find_index_from (index : Int) (passes : a -> Bool) (xs : List a) : Option Int =
  match xs
  | [] -> None
  | x :: rest -> if passes x then Some index else find_index_from (index + 1) passes rest

/// The item for which `f` answers the least; the first of several.
///
/// ```fx
/// List.minimum_by String.length ["ccc", "a", "b"] == Some "a"
/// ```
let minimum_by (f : a -> b) (xs : List a) : Option a =
  match xs
  | [] -> None
  | x :: rest -> Some (fold (fun least y -> if f y < f least then y else least) x rest)

/// The item for which `f` answers the most; the first of several.
///
/// ```fx
/// List.maximum_by String.length ["a", "bb", "cc"] == Some "bb"
/// ```
let maximum_by (f : a -> b) (xs : List a) : Option a =
  match xs
  | [] -> None
  | x :: rest -> Some (fold (fun most y -> if f y > f most then y else most) x rest)

/// The smallest item; the first of equal ones.
///
/// ```fx
/// List.minimum [3, 1, 2] == Some 1
/// ```
let minimum (xs : List a) : Option a =
  match xs
  | [] -> None
  | x :: rest -> Some (fold (fun least y -> if y < least then y else least) x rest)

/// The largest item; the first of equal ones.
///
/// ```fx
/// List.maximum [3, 1, 2] == Some 3
/// ```
let maximum (xs : List a) : Option a =
  match xs
  | [] -> None
  | x :: rest -> Some (fold (fun most y -> if y > most then y else most) x rest)

/// All items added up. (`Float.sum` adds up Floats.)
///
/// ```fx
/// List.sum [1, 2, 3] == 6
/// List.sum [] == 0
/// ```
let sum (xs : List Int) : Int = fold (fun total x -> total + x) 0 xs

/// All items multiplied. (`Float.product` multiplies Floats.)
///
/// ```fx
/// List.product [2, 3, 4] == 24
/// List.product [] == 1
/// ```
let product (xs : List Int) : Int = fold (fun total x -> total * x) 1 xs

// ---- Transforming ----

/// Applies `f` to each item.
///
/// ```fx
/// List.map (fun x -> x + 1) [1, 2] == [2, 3]
/// ```
let map (f : a -> b) (xs : List a) : List b = map_onto [] f xs

private let map_onto (done : List b) (f : a -> b) (xs : List a) : List b =
  match xs
  | [] -> reverse done
  | x :: rest -> map_onto (f x :: done) f rest

/// Applies `f` to each item's position, counted from 0, and the item.
///
/// ```fx
/// List.map_indexed (fun i name -> (i, name)) ["a", "b"] == [(0, "a"), (1, "b")]
/// ```
let map_indexed (f : Int -> a -> b) (xs : List a) : List b = map_indexed_onto [] 0 f xs

private let map_indexed_onto (done : List b) (index : Int) (f : Int -> a -> b) (xs : List a) : List b =
  match xs
  | [] -> reverse done
  | x :: rest -> map_indexed_onto (f index x :: done) (index + 1) f rest

/// The items that pass the test.
///
/// ```fx
/// List.filter (fun x -> x > 1) [1, 2, 3] == [2, 3]
/// ```
let filter (passes : a -> Bool) (xs : List a) : List a = filter_onto [] passes xs

private let filter_onto (done : List a) (passes : a -> Bool) (xs : List a) : List a =
  match xs
  | [] -> reverse done
  | x :: rest -> if passes x then filter_onto (x :: done) passes rest else filter_onto done passes rest

/// Applies `f` to each item and keeps what is in the `Some`s.
///
/// ```fx
/// List.filter_map (fun x -> if x > 0 then Some (x * 10) else None) [1, -2, 3] == [10, 30]
/// ```
let filter_map (f : a -> Option b) (xs : List a) : List b = filter_map_onto [] f xs

private let filter_map_onto (done : List b) (f : a -> Option b) (xs : List a) : List b =
  match xs
  | [] -> reverse done
  | x :: rest ->
    match f x
    | Some y -> filter_map_onto (y :: done) f rest
    | None -> filter_map_onto done f rest

/// Goes through the list from the left: `f` combines what there is so far with the next item.
///
/// ```fx
/// List.fold (fun total x -> total - x) 10 [1, 2, 3] == 4
/// List.fold (fun text x -> text ++ x) "" ["a", "b"] == "ab"
/// ```
let fold (f : b -> a -> b) (start : b) (xs : List a) : b =
  match xs
  | [] -> start
  | x :: rest -> fold f (f start x) rest

/// Goes through the list from the right: `f` combines the item with what there is so far.
///
/// ```fx
/// List.fold_right (fun x total -> x - total) 0 [10, 3, 2] == 9
/// List.fold_right (fun x rest -> x :: rest) [] [1, 2] == [1, 2]
/// ```
let fold_right (f : a -> b -> b) (start : b) (xs : List a) : b =
  fold (fun result x -> f x result) start (reverse xs)

/// What `fold` has after each item, with the start in front.
///
/// ```fx
/// List.scan (fun total x -> total + x) 0 [1, 2, 3] == [0, 1, 3, 6]
/// ```
let scan (f : b -> a -> b) (start : b) (xs : List a) : List b = reverse (scan_onto [start] f start xs)

private let scan_onto (done : List b) (f : b -> a -> b) (so_far : b) (xs : List a) : List b =
  match xs
  | [] -> done
  | x :: rest ->
    let next = f so_far x
    scan_onto (next :: done) f next rest

/// The items that `step` makes of a state, each with the next state, until it answers `None`.
///
/// ```fx
/// List.unfold (fun n -> if n > 20 then None else Some (n, n * 2)) 3 == [3, 6, 12]
/// ```
let unfold (step : b -> Option (a, b)) (start : b) : List a = unfold_onto [] step start

private let unfold_onto (done : List a) (step : b -> Option (a, b)) (state : b) : List a =
  match step state
  | None -> reverse done
  | Some (x, next) -> unfold_onto (x :: done) step next

/// Each item with the one behind it.
///
/// ```fx
/// List.pairs [1, 2, 3] == [(1, 2), (2, 3)]
/// ```
let pairs (xs : List a) : List (a, a) = zip xs (drop 1 xs)

/// The last item first.
///
/// ```fx
/// List.reverse [1, 2, 3] == [3, 2, 1]
/// ```
let reverse (xs : List a) : List a = reverse_onto [] xs

private let reverse_onto (done : List a) (xs : List a) : List a =
  match xs
  | [] -> done
  | x :: rest -> reverse_onto (x :: done) rest

/// The items of the first list, then those of the second; the same as `++`.
///
/// ```fx
/// List.append [1, 2] [3] == [1, 2, 3]
/// ```
let append (xs : List a) (ys : List a) : List a = reverse_onto ys (reverse xs)

/// All lists behind one another.
///
/// ```fx
/// List.concat [[1], [], [2, 3]] == [1, 2, 3]
/// ```
let concat (lists : List (List a)) : List a =
  reverse (fold reverse_onto [] lists)

/// Applies `f` to each item and puts the lists behind one another.
///
/// ```fx
/// List.concat_map (fun x -> [x, x * 10]) [1, 2] == [1, 10, 2, 20]
/// ```
let concat_map (f : a -> List b) (xs : List a) : List b =
  reverse (fold (fun done x -> reverse_onto done (f x)) [] xs)

/// Puts the separator between neighbours.
///
/// ```fx
/// List.intersperse 0 [1, 2, 3] == [1, 0, 2, 0, 3]
/// List.intersperse 0 [1] == [1]
/// ```
let intersperse (separator : a) (xs : List a) : List a =
  match xs
  | [] -> []
  | x :: rest -> x :: concat_map (fun y -> [separator, y]) rest

// ---- Parts ----

/// The first `count` items, or all when there are fewer.
///
/// ```fx
/// List.take 2 [1, 2, 3] == [1, 2]
/// List.take 9 [1, 2, 3] == [1, 2, 3]
/// List.take (-1) [1, 2, 3] == []
/// ```
let take (count : Int) (xs : List a) : List a = take_onto [] count xs

private let take_onto (done : List a) (count : Int) (xs : List a) : List a =
  match xs
  | x :: rest when count > 0 -> take_onto (x :: done) (count - 1) rest
  | _ -> reverse done

/// All but the first `count` items.
///
/// ```fx
/// List.drop 2 [1, 2, 3] == [3]
/// List.drop 9 [1, 2, 3] == []
/// ```
let drop (count : Int) (xs : List a) : List a =
  match xs
  | _ :: rest when count > 0 -> drop (count - 1) rest
  | _ -> xs

/// `take` and `drop` at once.
///
/// ```fx
/// List.split_at 1 [1, 2, 3] == ([1], [2, 3])
/// ```
let split_at (count : Int) (xs : List a) : (List a, List a) = split_onto [] count xs

private let split_onto (done : List a) (count : Int) (xs : List a) : (List a, List a) =
  match xs
  | x :: rest when count > 0 -> split_onto (x :: done) (count - 1) rest
  | _ -> (reverse done, xs)

/// The items before the first that fails the test.
///
/// ```fx
/// List.take_while (fun x -> x < 3) [1, 2, 3, 1] == [1, 2]
/// ```
let take_while (passes : a -> Bool) (xs : List a) : List a = take_while_onto [] passes xs

private let take_while_onto (done : List a) (passes : a -> Bool) (xs : List a) : List a =
  match xs
  | x :: rest when passes x -> take_while_onto (x :: done) passes rest
  | _ -> reverse done

/// The items from the first that fails the test on.
///
/// ```fx
/// List.drop_while (fun x -> x < 3) [1, 2, 3, 1] == [3, 1]
/// ```
let drop_while (passes : a -> Bool) (xs : List a) : List a =
  match xs
  | x :: rest when passes x -> drop_while passes rest
  | _ -> xs

/// The items that pass the test, and those that fail it.
///
/// ```fx
/// List.partition (fun x -> x > 1) [1, 2, 3] == ([2, 3], [1])
/// ```
let partition (passes : a -> Bool) (xs : List a) : (List a, List a) = partition_onto [] [] passes xs

private let partition_onto (passed : List a) (failed : List a) (passes : a -> Bool) (xs : List a) : (List a, List a) =
  match xs
  | [] -> (reverse passed, reverse failed)
  | x :: rest ->
    if passes x then partition_onto (x :: passed) failed passes rest
    else partition_onto passed (x :: failed) passes rest

/// Lists of `size` items each; the last may be shorter. A `size` below 1 counts as 1.
///
/// ```fx
/// List.chunks 2 [1, 2, 3] == [[1, 2], [3]]
/// List.chunks 2 (List.range 1 0) == []
/// ```
let chunks (size : Int) (xs : List a) : List (List a) =
  chunks_onto [] (if size < 1 then 1 else size) xs

private let chunks_onto (done : List (List a)) (size : Int) (xs : List a) : List (List a) =
  match xs
  | [] -> reverse done
  | _ ->
    let (chunk, rest) = split_at size xs
    chunks_onto (chunk :: done) size rest

/// The items in pairs with their neighbours at the same place; as many as the shorter list has.
///
/// ```fx
/// List.zip [1, 2, 3] ["a", "b"] == [(1, "a"), (2, "b")]
/// ```
let zip (xs : List a) (ys : List b) : List (a, b) = zip_with (fun x y -> (x, y)) xs ys

/// Combines the items that stand at the same place.
///
/// ```fx
/// List.zip_with (fun x y -> x * y) [1, 2, 3] [4, 5] == [4, 10]
/// ```
let zip_with (f : a -> b -> c) (xs : List a) (ys : List b) : List c = zip_onto [] f xs ys

private let zip_onto (done : List c) (f : a -> b -> c) (xs : List a) (ys : List b) : List c =
  match (xs, ys)
  | (x :: xs_left, y :: ys_left) -> zip_onto (f x y :: done) f xs_left ys_left
  | _ -> reverse done

/// The first halves and the second halves of the pairs.
///
/// ```fx
/// List.unzip [(1, "a"), (2, "b")] == ([1, 2], ["a", "b"])
/// ```
let unzip (pairs : List (a, b)) : (List a, List b) = unzip_onto [] [] pairs

private let unzip_onto (lefts : List a) (rights : List b) (pairs : List (a, b)) : (List a, List b) =
  match pairs
  | [] -> (reverse lefts, reverse rights)
  | (left, right) :: rest -> unzip_onto (left :: lefts) (right :: rights) rest

// ---- Order ----

/// The smallest item first. Equal items keep their order.
///
/// ```fx
/// List.sort [3, 1, 2] == [1, 2, 3]
/// List.sort ["b", "B", "a"] == ["B", "a", "b"]
/// ```
let sort (xs : List a) : List a = sort_with compare xs

/// Sorts by what `key` answers for each item.
///
/// ```fx
/// List.sort_by (fun (_, age) -> age) [("Al", 30), ("Bo", 19)] == [("Bo", 19), ("Al", 30)]
/// ```
let sort_by (key : a -> k) (xs : List a) : List a = sort_with (fun x y -> compare (key x) (key y)) xs

/// Sorts by an order of your own, `Less` standing for *comes before*. Equal items keep their order.
///
/// ```fx
/// List.sort_with (fun x y -> compare y x) [1, 3, 2] == [3, 2, 1]
/// ```
let sort_with (order : a -> a -> Ordering) (xs : List a) : List a =
  merge_rising order (find_pieces [] order xs)

// A natural merge sort: the pieces that are in order already are found, then neighbouring pieces are merged until one is left.
// Merging conses, so a merge of rising pieces gives a falling one, and the next round merges falling pieces into rising ones.

private let find_pieces (done : List (List a)) (order : a -> a -> Ordering) (xs : List a) : List (List a) =
  match xs
  | [] -> reverse done
  | [x] -> reverse ([x] :: done)
  | x :: y :: rest ->
    match order x y
    | Greater -> find_falling_piece [y, x] y done order rest
    | _ -> find_rising_piece [y, x] y done order rest

// Strictly falling, so that turning it round keeps equal items in order.
private let find_falling_piece (piece : List a) (x : a) (done : List (List a)) (order : a -> a -> Ordering) (xs : List a) : List (List a) =
  match xs
  | y :: rest when order x y == Greater -> find_falling_piece (y :: piece) y done order rest
  | _ -> find_pieces (piece :: done) order xs

private let find_rising_piece (piece : List a) (x : a) (done : List (List a)) (order : a -> a -> Ordering) (xs : List a) : List (List a) =
  match xs
  | y :: rest when order x y != Greater -> find_rising_piece (y :: piece) y done order rest
  | _ -> find_pieces (reverse piece :: done) order xs

private let merge_rising (order : a -> a -> Ordering) (pieces : List (List a)) : List a =
  match pieces
  | [] -> []
  | [piece] -> piece
  | _ -> merge_falling order (merge_rising_pairs [] order pieces)

private let merge_falling (order : a -> a -> Ordering) (pieces : List (List a)) : List a =
  match pieces
  | [] -> []
  | [piece] -> reverse piece
  | _ -> merge_rising order (merge_falling_pairs [] order pieces)

private let merge_rising_pairs (done : List (List a)) (order : a -> a -> Ordering) (pieces : List (List a)) : List (List a) =
  match pieces
  | [] -> reverse done
  | [piece] -> reverse (reverse piece :: done)
  | left :: right :: rest -> merge_rising_pairs (merge_onto_falling [] order left right :: done) order rest

private let merge_falling_pairs (done : List (List a)) (order : a -> a -> Ordering) (pieces : List (List a)) : List (List a) =
  match pieces
  | [] -> reverse done
  | [piece] -> reverse (reverse piece :: done)
  | left :: right :: rest -> merge_falling_pairs (merge_onto_rising [] order left right :: done) order rest

// Of equal items those of the left piece come first: the smallest are consed first, so left goes first.
private let merge_onto_falling (done : List a) (order : a -> a -> Ordering) (left : List a) (right : List a) : List a =
  match (left, right)
  | ([], _) -> reverse_onto done right
  | (_, []) -> reverse_onto done left
  | (x :: left_rest, y :: right_rest) ->
    match order x y
    | Greater -> merge_onto_falling (y :: done) order left right_rest
    | _ -> merge_onto_falling (x :: done) order left_rest right

// Here the largest are consed first, so of equal ones the right goes first.
private let merge_onto_rising (done : List a) (order : a -> a -> Ordering) (left : List a) (right : List a) : List a =
  match (left, right)
  | ([], _) -> reverse_onto done right
  | (_, []) -> reverse_onto done left
  | (x :: left_rest, y :: right_rest) ->
    match order x y
    | Greater -> merge_onto_rising (x :: done) order left_rest right
    | _ -> merge_onto_rising (y :: done) order left right_rest

/// Each item once, where it first stands.
///
/// ```fx
/// List.unique [3, 1, 3, 2, 1] == [3, 1, 2]
/// ```
let unique (xs : List a) : List a =
  let placed = map_indexed (fun index x -> (x, index)) xs
  let firsts = drop_repeated [] (sort placed)
  map (fun (_, x) -> x) (sort_by (fun (index, _) -> index) firsts)

private let drop_repeated (done : List (Int, a)) (placed : List (a, Int)) : List (Int, a) =
  match (placed, done)
  | ([], _) -> done
  | ((x, _) :: rest, (_, y) :: _) when x == y -> drop_repeated done rest
  | ((x, index) :: rest, _) -> drop_repeated ((index, x) :: done) rest

/// The items under each answer of `key`, in the order of the keys; items with the same key keep their order.
///
/// ```fx
/// List.group_by (fun x -> x % 2) [1, 2, 3, 4] == [(0, [2, 4]), (1, [1, 3])]
/// ```
let group_by (key : a -> k) (xs : List a) : List (k, List a) =
  group_onto [] (reverse (sort_by (fun (k, _) -> k) (map (fun x -> (key x, x)) xs)))

// Meets the items last first.
private let group_onto (groups : List (k, List a)) (keyed : List (k, a)) : List (k, List a) =
  match (keyed, groups)
  | ([], _) -> groups
  | ((k, x) :: rest, (other, items) :: more) when k == other -> group_onto ((k, x :: items) :: more) rest
  | ((k, x) :: rest, _) -> group_onto ((k, [x]) :: groups) rest

// ---- Computations ----

/// Runs `f` on each item, one after the other, and answers the answers.
///
/// ```fx program
/// import Console
/// import List
///
/// let main (args : List String) : Unit ! {Console} =
///   let! lengths = List.map_seq (fun text -> greet text) ["Ann", "Bo"]
///   Console.print_line (show lengths)
///
/// let greet (name : String) : Int ! {Console} =
///   do! Console.print_line "Hello \(name)!"
///   ret 5
/// ```
let map_seq (f : a -> b ! e) (xs : List a) : List b ! e = map_seq_onto [] f xs

private let map_seq_onto (done : List b) (f : a -> b ! e) (xs : List a) : List b ! e =
  match xs
  | [] -> ret (reverse done)
  | x :: rest ->
    let! y = f x
    map_seq_onto (y :: done) f rest

/// Runs `f` on each item, one after the other.
///
/// ```fx program
/// import Console
/// import List
///
/// let main (args : List String) : Unit ! {Console} =
///   List.iter_seq Console.print_line ["one", "two"]
/// ```
let iter_seq (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! f x
    iter_seq f rest

/// Goes through the list from the left with a computation at each item.
///
/// ```fx program
/// import Console
/// import List
///
/// let main (args : List String) : Unit ! {Console} =
///   let! total = List.fold_seq add 0 [1, 2, 3]
///   Console.print_line "The total is \(total)."
///
/// let add (total : Int) (x : Int) : Int ! {Console} =
///   do! Console.print_line "\(total) and \(x)"
///   ret (total + x)
/// ```
let fold_seq (f : b -> a -> b ! e) (start : b) (xs : List a) : b ! e =
  match xs
  | [] -> ret start
  | x :: rest ->
    let! next = f start x
    fold_seq f next rest

/// Runs the test on each item, one after the other, and answers the items that pass.
///
/// ```fx program
/// import Console
/// import File
/// import List
///
/// let main (args : List String) : Unit ! {Console, File} =
///   let! there = List.filter_seq File.exists args
///   List.iter_seq Console.print_line there
/// ```
let filter_seq (passes : a -> Bool ! e) (xs : List a) : List a ! e = filter_seq_onto [] passes xs

private let filter_seq_onto (done : List a) (passes : a -> Bool ! e) (xs : List a) : List a ! e =
  match xs
  | [] -> ret (reverse done)
  | x :: rest ->
    match! passes x
    | True -> filter_seq_onto (x :: done) passes rest
    | False -> filter_seq_onto done passes rest

private extern let parallel : List (a ! e) -> List a ! e = wait "fx_parallel"
private extern let parallel_pool : Int -> List (a ! e) -> List a ! e = wait "fx_parallel_pool"

/// Runs `f` on all items at once: each starts in the order of the list and goes on when what it waits for is there.
/// Answers when all have ended.
///
/// ```fx program
/// import Console
/// import List
/// import Time
///
/// let main (args : List String) : Unit ! {Console, Time} =
///   let! done = List.map_par slow [30, 10, 20]
///   Console.print_line (show done)
///
/// let slow (milliseconds : Int) : Int ! {Time} =
///   do! Time.sleep milliseconds
///   ret milliseconds
/// ```
let map_par (f : a -> b ! e) (xs : List a) : List b ! e = parallel (map f xs)

/// Runs `f` on all items at once and answers when all have ended.
///
/// ```fx program
/// import Console
/// import List
/// import Time
///
/// let main (args : List String) : Unit ! {Console, Time} =
///   List.iter_par alarm [3, 1, 2]   // says 1, 2, 3
///
/// let alarm (seconds : Int) : Unit ! {Console, Time} =
///   do! Time.sleep (1000 * seconds)
///   Console.print_line "\(seconds)"
/// ```
let iter_par (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  let! _ = parallel (map f xs)
  ret ()

/// Like `map_par`, but never more than `limit` at once: the next starts when one ends. A limit below 1 counts as 1.
///
/// ```fx program
/// import Console
/// import Error
/// import List
/// import Process
///
/// let main (names : List String) : Unit ! {Console, Process} =
///   let! sums = List.map_pool 4 checksum names   // four programs at once
///   List.iter_seq Console.print sums
///
/// let checksum (name : String) : String ! {Process} =
///   match! Process.run ["sha256sum", name]
///   | Ok output -> ret output.stdout
///   | Err error -> ret "\(name): \(Error.message error)\n"
/// ```
let map_pool (limit : Int) (f : a -> b ! e) (xs : List a) : List b ! e = parallel_pool limit (map f xs)

/// Like `iter_par`, but never more than `limit` at once.
let iter_pool (limit : Int) (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  let! _ = parallel_pool limit (map f xs)
  ret ()
