/// Maps from keys to values, in the order of the keys.
///
/// A lookup or a change looks at no more than about `2 * log2 size` keys. A map never changes: `insert` answers another one, which shares
/// all but one path with the first (and updates it in place where nobody else holds it). Any type with `compare` can be the key.

import List

// Trees balanced by weight, which is the size and one: neither side of a node weighs more than three times the other, and a rotation
// is single when the inner grandchild weighs less than twice the outer one (Hirai and Yamamoto, "Balancing weight-balanced trees", 2011).
opaque type Map k v =
  | Empty
  | Node Int (Map k v) k v (Map k v)

// ---- Making ----

/// The map without keys.
///
/// ```fx
/// Map.to_list (Map.insert "one" 1 Map.empty) == [("one", 1)]
/// ```
let empty : Map k v = Empty

/// The map of one key.
///
/// ```fx
/// Map.to_list (Map.singleton "one" 1) == [("one", 1)]
/// ```
let singleton (key : k) (value : v) : Map k v = Node 1 Empty key value Empty

/// The map of these pairs; of equal keys the last counts.
///
/// ```fx
/// Map.to_list (Map.from_list [(2, "b"), (1, "a"), (2, "c")]) == [(1, "a"), (2, "c")]
/// ```
let from_list (pairs : List (k, v)) : Map k v =
  List.fold (fun table (key, value) -> insert key value table) empty pairs

/// The map of these pairs; `f` combines the values of equal keys, from left to right.
///
/// ```fx
/// Map.to_list (Map.from_list_with (fun old new -> old ++ new) [(1, "a"), (2, "b"), (1, "c")]) == [(1, "ac"), (2, "b")]
/// ```
let from_list_with (f : v -> v -> v) (pairs : List (k, v)) : Map k v =
  List.fold (fun table (key, value) -> insert_with f key value table) empty pairs

// ---- Asking ----

/// How many keys there are.
///
/// ```fx
/// Map.size (Map.from_list [(1, "a"), (2, "b")]) == 2
/// ```
let size (table : Map k v) : Int =
  match table
  | Empty -> 0
  | Node count _ _ _ _ -> count

/// Whether there is no key.
///
/// ```fx
/// Map.is_empty Map.empty
/// ```
let is_empty (table : Map k v) : Bool = size table == 0

/// The value of a key.
///
/// ```fx
/// Map.get 2 (Map.from_list [(1, "a"), (2, "b")]) == Some "b"
/// Map.get 3 (Map.from_list [(1, "a"), (2, "b")]) == None
/// ```
let get (key : k) (table : Map k v) : Option v =
  match table
  | Empty -> None
  | Node _ left here value right ->
    match compare key here
    | Less -> get key left
    | Equal -> Some value
    | Greater -> get key right

/// Whether the key is there.
///
/// ```fx
/// Map.contains 2 (Map.from_list [(2, "b")])
/// ```
let contains (key : k) (table : Map k v) : Bool =
  match table
  | Empty -> False
  | Node _ left here _ right ->
    match compare key here
    | Less -> contains key left
    | Equal -> True
    | Greater -> contains key right

/// The smallest key and its value.
///
/// ```fx
/// Map.minimum (Map.from_list [(2, "b"), (1, "a")]) == Some (1, "a")
/// ```
let minimum (table : Map k v) : Option (k, v) =
  match table
  | Empty -> None
  | Node _ Empty key value _ -> Some (key, value)
  | Node _ left _ _ _ -> minimum left

/// The largest key and its value.
///
/// ```fx
/// Map.maximum (Map.from_list [(2, "b"), (1, "a")]) == Some (2, "b")
/// ```
let maximum (table : Map k v) : Option (k, v) =
  match table
  | Empty -> None
  | Node _ _ key value Empty -> Some (key, value)
  | Node _ _ _ _ right -> maximum right

/// Whether the test holds for at least one key and its value.
///
/// ```fx
/// Map.any (fun key value -> key == value) (Map.from_list [(1, 2), (3, 3)])
/// ```
let any (passes : k -> v -> Bool) (table : Map k v) : Bool =
  match table
  | Empty -> False
  | Node _ left key value right -> any passes left || passes key value || any passes right

/// Whether the test holds for every key and its value.
///
/// ```fx
/// Map.all (fun key value -> key <= value) (Map.from_list [(1, 2), (3, 3)])
/// ```
let all (passes : k -> v -> Bool) (table : Map k v) : Bool =
  match table
  | Empty -> True
  | Node _ left key value right -> all passes left && passes key value && all passes right

/// The key's value, or else this one.
///
/// ```fx
/// Map.get_or 0 "b" (Map.singleton "a" 1) == 0
/// ```
let get_or (otherwise : v) (key : k) (table : Map k v) : v =
  match get key table
  | Some value -> value
  | None -> otherwise

/// How many keys with their values pass the test.
///
/// ```fx
/// Map.count (fun _ value -> value > 1) (Map.from_list [(1, 1), (2, 2), (3, 3)]) == 2
/// ```
let count (passes : k -> v -> Bool) (table : Map k v) : Int =
  fold (fun total key value -> if passes key value then total + 1 else total) 0 table

/// The first key, with its value, that passes the test.
///
/// ```fx
/// Map.find (fun _ value -> value > 1) (Map.from_list [(1, 1), (2, 2), (3, 3)]) == Some (2, 2)
/// ```
let find (passes : k -> v -> Bool) (table : Map k v) : Option (k, v) =
  match table
  | Empty -> None
  | Node _ left key value right ->
    match find passes left
    | Some found -> Some found
    | None -> if passes key value then Some (key, value) else find passes right

// ---- Changing ----

/// With the key's value set, whether it was there or not.
///
/// ```fx
/// Map.to_list (Map.insert 1 "z" (Map.from_list [(1, "a"), (2, "b")])) == [(1, "z"), (2, "b")]
/// ```
let insert (key : k) (value : v) (table : Map k v) : Map k v =
  match table
  | Empty -> singleton key value
  | Node count left here old right ->
    match compare key here
    | Equal -> Node count left key value right
    | Less ->
      let grown = insert key value left
      if is_heavy grown right then rotate_right grown here old right else node grown here old right
    | Greater ->
      let grown = insert key value right
      if is_heavy grown left then rotate_left left here old grown else node left here old grown

/// Without the key.
///
/// ```fx
/// Map.to_list (Map.remove 1 (Map.from_list [(1, "a"), (2, "b")])) == [(2, "b")]
/// Map.to_list (Map.remove 3 (Map.from_list [(1, "a")])) == [(1, "a")]
/// ```
let remove (key : k) (table : Map k v) : Map k v =
  match table
  | Empty -> Empty
  | Node _ left here value right ->
    match compare key here
    | Equal -> glue left right
    | Less ->
      let shrunk = remove key left
      if is_heavy right shrunk then rotate_left shrunk here value right else node shrunk here value right
    | Greater ->
      let shrunk = remove key right
      if is_heavy left shrunk then rotate_right left here value shrunk else node left here value shrunk

/// With the value; `f` combines the one that is there with it.
///
/// ```fx
/// Map.to_list (Map.insert_with (fun old new -> old + new) "a" 5 (Map.singleton "a" 1)) == [("a", 6)]
/// ```
let insert_with (f : v -> v -> v) (key : k) (value : v) (table : Map k v) : Map k v =
  update key (fun there -> match there | Some old -> Some (f old value) | None -> Some value) table

/// With the key's value changed by `f`, which is given what there is and answers what there shall be.
///
/// ```fx
/// Map.to_list (Map.update "a" (fun _ -> Some 1) Map.empty) == [("a", 1)]
/// Map.to_list (Map.update "a" (fun _ -> None) (Map.singleton "a" 1)) == []
/// ```
let update (key : k) (f : Option v -> Option v) (table : Map k v) : Map k v =
  match f (get key table)
  | Some value -> insert key value table
  | None -> remove key table

/// The same keys, each with what `f` answers for it and its value.
///
/// ```fx
/// Map.to_list (Map.map (fun key value -> key + value) (Map.from_list [(1, 10), (2, 20)])) == [(1, 11), (2, 22)]
/// ```
let map (f : k -> v -> w) (table : Map k v) : Map k w =
  match table
  | Empty -> Empty
  | Node count left key value right ->
    let mapped = map f left
    Node count mapped key (f key value) (map f right)

/// The keys that pass the test, with their values.
///
/// ```fx
/// Map.to_list (Map.filter (fun key value -> key > 1) (Map.from_list [(1, "a"), (2, "b")])) == [(2, "b")]
/// ```
let filter (passes : k -> v -> Bool) (table : Map k v) : Map k v =
  match table
  | Empty -> Empty
  | Node _ left key value right ->
    let smaller = filter passes left
    if passes key value then link smaller key value (filter passes right) else merge smaller (filter passes right)

/// The keys for which `f` answers `Some`, with what it answers.
///
/// ```fx
/// Map.to_list (Map.filter_map (fun _ text -> Int.parse text) (Map.from_list [(1, "10"), (2, "b")])) == [(1, 10)]
/// ```
let filter_map (f : k -> v -> Option w) (table : Map k v) : Map k w =
  match table
  | Empty -> Empty
  | Node _ left key value right ->
    let smaller = filter_map f left
    match f key value
    | Some mapped -> link smaller key mapped (filter_map f right)
    | None -> merge smaller (filter_map f right)

/// The keys that pass the test and those that fail it, with their values.
///
/// ```fx
/// (match Map.partition (fun key _ -> key > 1) (Map.from_list [(1, "a"), (2, "b")]) | (high, low) -> Map.keys high == [2] && Map.keys low == [1])
/// ```
let partition (passes : k -> v -> Bool) (table : Map k v) : (Map k v, Map k v) =
  (filter passes table, filter (fun key value -> not (passes key value)) table)

// ---- Going through ----

/// Goes through the map from the smallest key on: `f` combines what there is so far with the next key and value.
///
/// ```fx
/// Map.fold (fun text key value -> text ++ key ++ value) "" (Map.from_list [("b", "2"), ("a", "1")]) == "a1b2"
/// ```
let fold (f : b -> k -> v -> b) (start : b) (table : Map k v) : b =
  match table
  | Empty -> start
  | Node _ left key value right -> fold f (f (fold f start left) key value) right

/// Goes through the map from the largest key down.
///
/// ```fx
/// Map.fold_right (fun key value text -> text ++ key ++ value) "" (Map.from_list [("b", "2"), ("a", "1")]) == "b2a1"
/// ```
let fold_right (f : k -> v -> b -> b) (start : b) (table : Map k v) : b =
  match table
  | Empty -> start
  | Node _ left key value right -> fold_right f (f key value (fold_right f start right)) left

/// The keys and values, by key.
///
/// ```fx
/// Map.to_list (Map.from_list [(2, "b"), (1, "a")]) == [(1, "a"), (2, "b")]
/// ```
let to_list (table : Map k v) : List (k, v) = fold_right (fun key value rest -> (key, value) :: rest) [] table

/// The keys in order.
///
/// ```fx
/// Map.keys (Map.from_list [(2, "b"), (1, "a")]) == [1, 2]
/// ```
let keys (table : Map k v) : List k = fold_right (fun key _ rest -> key :: rest) [] table

/// The values in the order of their keys.
///
/// ```fx
/// Map.values (Map.from_list [(2, "b"), (1, "a")]) == ["a", "b"]
/// ```
let values (table : Map k v) : List v = fold_right (fun _ value rest -> value :: rest) [] table

// ---- Two maps ----

/// The keys of both; a key of both has the value of the first.
///
/// ```fx
/// Map.to_list (Map.union (Map.singleton 1 "a") (Map.from_list [(1, "z"), (2, "b")])) == [(1, "a"), (2, "b")]
/// ```
let union (left : Map k v) (right : Map k v) : Map k v = union_with (fun value _ -> value) left right

/// The keys of both; `f` combines the values of a key of both.
///
/// ```fx
/// Map.to_list (Map.union_with (fun x y -> x + y) (Map.singleton 1 10) (Map.singleton 1 5)) == [(1, 15)]
/// ```
let union_with (f : v -> v -> v) (left : Map k v) (right : Map k v) : Map k v =
  match (left, right)
  | (Empty, _) -> right
  | (_, Empty) -> left
  | (Node _ smaller key value larger, _) ->
    let (below, other, above) = split key right
    let united = union_with f smaller below
    match other
    | None -> link united key value (union_with f larger above)
    | Some there -> link united key (f value there) (union_with f larger above)

/// The keys that are in both, with the values of the first.
///
/// ```fx
/// Map.to_list (Map.intersect (Map.from_list [(1, "a"), (2, "b")]) (Map.singleton 2 ())) == [(2, "b")]
/// ```
let intersect (left : Map k v) (right : Map k w) : Map k v =
  match (left, right)
  | (Empty, _) -> Empty
  | (_, Empty) -> Empty
  | (Node _ smaller key value larger, _) ->
    let (below, other, above) = split key right
    let common = intersect smaller below
    match other
    | None -> merge common (intersect larger above)
    | Some _ -> link common key value (intersect larger above)

/// The keys of the first that are not in the second.
///
/// ```fx
/// Map.to_list (Map.difference (Map.from_list [(1, "a"), (2, "b")]) (Map.singleton 2 ())) == [(1, "a")]
/// ```
let difference (left : Map k v) (right : Map k w) : Map k v =
  match (left, right)
  | (Empty, _) -> Empty
  | (_, Empty) -> left
  | (_, Node _ smaller key _ larger) ->
    let (below, _, above) = split key left
    merge (difference below smaller) (difference above larger)

/// The map below a key, the key's value, and the map above it.
///
/// ```fx
/// (match Map.split 2 (Map.from_list [(1, "a"), (2, "b"), (3, "c")]) | (below, here, above) -> (Map.keys below, here, Map.keys above)) == ([1], Some "b", [3])
/// ```
let split (key : k) (table : Map k v) : (Map k v, Option v, Map k v) =
  match table
  | Empty -> (Empty, None, Empty)
  | Node _ left here value right ->
    match compare key here
    | Equal -> (left, Some value, right)
    | Less ->
      let (below, found, above) = split key left
      (below, found, link above here value right)
    | Greater ->
      let (below, found, above) = split key right
      (link left here value below, found, above)

// ---- Balance ----

private let node (left : Map k v) (key : k) (value : v) (right : Map k v) : Map k v =
  Node (size left + size right + 1) left key value right

// Whether a side is too heavy for the other.
private let is_heavy (side : Map k v) (other : Map k v) : Bool = size side + 1 > 3 * (size other + 1)

// A node whose left side may have grown, or the right side shrunk, by one.
private let lean_left (left : Map k v) (key : k) (value : v) (right : Map k v) : Map k v =
  if is_heavy left right then rotate_right left key value right else node left key value right

private let lean_right (left : Map k v) (key : k) (value : v) (right : Map k v) : Map k v =
  if is_heavy right left then rotate_left left key value right else node left key value right

private let rotate_right (left : Map k v) (key : k) (value : v) (right : Map k v) : Map k v =
  match left
  | Node _ outer left_key left_value (Node _ near inner_key inner_value far) when outweighs near far outer ->
    node (node outer left_key left_value near) inner_key inner_value (node far key value right)
  | Node _ outer left_key left_value inner -> node outer left_key left_value (node inner key value right)
  | Empty -> node left key value right

private let rotate_left (left : Map k v) (key : k) (value : v) (right : Map k v) : Map k v =
  match right
  | Node _ (Node _ near inner_key inner_value far) right_key right_value outer when outweighs near far outer ->
    node (node left key value near) inner_key inner_value (node far right_key right_value outer)
  | Node _ inner right_key right_value outer -> node (node left key value inner) right_key right_value outer
  | Empty -> node left key value right

// Whether the inner grandchild, of these two sides, weighs at least twice the outer one.
private let outweighs (near : Map k v) (far : Map k v) (outer : Map k v) : Bool =
  size near + size far + 2 >= 2 * (size outer + 1)

// All keys of `left` are smaller, all of `right` larger than `key`; their sizes are any.
private let link (left : Map k v) (key : k) (value : v) (right : Map k v) : Map k v =
  match (left, right)
  | (Empty, _) -> insert_first key value right
  | (_, Empty) -> insert_last key value left
  | (Node _ outer left_key left_value inner, Node _ near right_key right_value far) ->
    if is_heavy right left then lean_left (link left key value near) right_key right_value far
    else if is_heavy left right then lean_right outer left_key left_value (link inner key value right)
    else node left key value right

private let insert_first (key : k) (value : v) (table : Map k v) : Map k v =
  match table
  | Empty -> singleton key value
  | Node _ left here old right -> lean_left (insert_first key value left) here old right

private let insert_last (key : k) (value : v) (table : Map k v) : Map k v =
  match table
  | Empty -> singleton key value
  | Node _ left here old right -> lean_right left here old (insert_last key value right)

// `link` without a key between.
private let merge (left : Map k v) (right : Map k v) : Map k v =
  match (left, right)
  | (Empty, _) -> right
  | (_, Empty) -> left
  | (Node _ outer left_key left_value inner, Node _ near right_key right_value far) ->
    if is_heavy right left then lean_left (merge left near) right_key right_value far
    else if is_heavy left right then lean_right outer left_key left_value (merge inner right)
    else glue left right

// `merge` of two sides that balance each other: the heavier gives its end for the middle.
private let glue (left : Map k v) (right : Map k v) : Map k v =
  if size left > size right then
    match take_last left
    | Some (rest, key, value) -> lean_right rest key value right
    | None -> right
  else
    match take_first right
    | Some (rest, key, value) -> lean_left left key value rest
    | None -> left

private let take_first (table : Map k v) : Option (Map k v, k, v) =
  match table
  | Empty -> None
  | Node _ left key value right ->
    match take_first left
    | None -> Some (right, key, value)
    | Some (rest, first_key, first_value) -> Some (lean_right rest key value right, first_key, first_value)

private let take_last (table : Map k v) : Option (Map k v, k, v) =
  match table
  | Empty -> None
  | Node _ left key value right ->
    match take_last right
    | None -> Some (left, key, value)
    | Some (rest, last_key, last_value) -> Some (lean_left left key value rest, last_key, last_value)
