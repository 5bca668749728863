/// Sets of values, in their order: each value is in it once. Any type with `compare` can be in a set.

import List
import Map

// A set is a map to nothing.
opaque type Set a = Set (Map a Unit)

/// The set without values.
///
/// ```fx
/// Set.to_list (Set.insert 1 Set.empty) == [1]
/// ```
let empty : Set a = Set Map.empty

/// The set of one value.
///
/// ```fx
/// Set.to_list (Set.singleton 1) == [1]
/// ```
let singleton (value : a) : Set a = Set (Map.singleton value ())

/// The set of these values.
///
/// ```fx
/// Set.to_list (Set.from_list [2, 1, 2]) == [1, 2]
/// ```
let from_list (values : List a) : Set a = List.fold (fun set value -> insert value set) empty values

/// The values in order.
///
/// ```fx
/// Set.to_list (Set.from_list ["b", "a"]) == ["a", "b"]
/// ```
let to_list (Set values : Set a) : List a = Map.keys values

/// How many values there are.
///
/// ```fx
/// Set.size (Set.from_list [2, 1, 2]) == 2
/// ```
let size (Set values : Set a) : Int = Map.size values

/// Whether there is no value.
///
/// ```fx
/// Set.is_empty Set.empty
/// ```
let is_empty (Set values : Set a) : Bool = Map.is_empty values

/// Whether the value is in it.
///
/// ```fx
/// Set.contains 1 (Set.from_list [1, 2])
/// Set.contains 3 (Set.from_list [1, 2]) == False
/// ```
let contains (value : a) (Set values : Set a) : Bool = Map.contains value values

/// The smallest value.
///
/// ```fx
/// Set.minimum (Set.from_list [2, 1]) == Some 1
/// ```
let minimum (Set values : Set a) : Option a =
  match Map.minimum values
  | Some (value, ()) -> Some value
  | None -> None

/// The largest value.
///
/// ```fx
/// Set.maximum (Set.from_list [2, 1]) == Some 2
/// ```
let maximum (Set values : Set a) : Option a =
  match Map.maximum values
  | Some (value, ()) -> Some value
  | None -> None

/// Whether the test holds for at least one value.
///
/// ```fx
/// Set.any (fun x -> x > 1) (Set.from_list [1, 2])
/// ```
let any (passes : a -> Bool) (Set values : Set a) : Bool = Map.any (fun value _ -> passes value) values

/// Whether the test holds for every value.
///
/// ```fx
/// Set.all (fun x -> x > 0) (Set.from_list [1, 2])
/// ```
let all (passes : a -> Bool) (Set values : Set a) : Bool = Map.all (fun value _ -> passes value) values

/// With the value.
///
/// ```fx
/// Set.to_list (Set.insert 1 (Set.from_list [1, 2])) == [1, 2]
/// ```
let insert (value : a) (Set values : Set a) : Set a = Set (Map.insert value () values)

/// Without the value.
///
/// ```fx
/// Set.to_list (Set.remove 1 (Set.from_list [1, 2])) == [2]
/// ```
let remove (value : a) (Set values : Set a) : Set a = Set (Map.remove value values)

/// The set of what `f` answers for each value.
///
/// ```fx
/// Set.to_list (Set.map (fun x -> x * x) (Set.from_list [-1, 1, 2])) == [1, 4]
/// ```
let map (f : a -> b) (Set values : Set a) : Set b = Map.fold (fun set value _ -> insert (f value) set) empty values

/// The values that pass the test.
///
/// ```fx
/// Set.to_list (Set.filter (fun x -> x > 1) (Set.from_list [1, 2, 3])) == [2, 3]
/// ```
let filter (passes : a -> Bool) (Set values : Set a) : Set a = Set (Map.filter (fun value _ -> passes value) values)

/// Goes through the set from the smallest value on.
///
/// ```fx
/// Set.fold (fun text value -> text ++ value) "" (Set.from_list ["b", "a"]) == "ab"
/// ```
let fold (f : b -> a -> b) (start : b) (Set values : Set a) : b = Map.fold (fun done value _ -> f done value) start values

/// The values of one or both.
///
/// ```fx
/// Set.to_list (Set.union (Set.from_list [1, 2]) (Set.from_list [2, 3])) == [1, 2, 3]
/// ```
let union (Set left : Set a) (Set right : Set a) : Set a = Set (Map.union left right)

/// The values that are in both.
///
/// ```fx
/// Set.to_list (Set.intersect (Set.from_list [1, 2]) (Set.from_list [2, 3])) == [2]
/// ```
let intersect (Set left : Set a) (Set right : Set a) : Set a = Set (Map.intersect left right)

/// The values of the first that are not in the second.
///
/// ```fx
/// Set.to_list (Set.difference (Set.from_list [1, 2]) (Set.from_list [2, 3])) == [1]
/// ```
let difference (Set left : Set a) (Set right : Set a) : Set a = Set (Map.difference left right)

/// Whether every value of the first is in the second.
///
/// ```fx
/// Set.is_subset (Set.from_list [1]) (Set.from_list [1, 2])
/// ```
let is_subset (Set left : Set a) (Set right : Set a) : Bool = Map.all (fun value _ -> Map.contains value right) left

/// The values of one, but not of both.
///
/// ```fx
/// Set.to_list (Set.either_only (Set.from_list [1, 2]) (Set.from_list [2, 3])) == [1, 3]
/// ```
let either_only (left : Set a) (right : Set a) : Set a = union (difference left right) (difference right left)

/// Whether no value is in both.
///
/// ```fx
/// Set.is_disjoint (Set.from_list [1]) (Set.from_list [2])
/// ```
let is_disjoint (left : Set a) (right : Set a) : Bool = is_empty (intersect left right)

/// The values that pass the test, and those that fail it.
///
/// ```fx
/// (match Set.partition (fun x -> x > 1) (Set.from_list [1, 2]) | (high, low) -> (Set.to_list high, Set.to_list low)) == ([2], [1])
/// ```
let partition (passes : a -> Bool) (values : Set a) : (Set a, Set a) =
  (filter passes values, filter (fun value -> not (passes value)) values)
