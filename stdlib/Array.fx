/// Arrays: a sequence in one piece of memory, where any item is reached at once.
///
/// An array never changes: `set` and `push` answer another one. But where nobody else holds the array it is changed in place, so a loop
/// that passes its only array along pays no copying. Positions count from 0.

import List
import Option

/// A sequence of items in one piece of memory.
extern type Array a

// ---- Making ----

/// The array without items.
///
/// ```fx
/// Array.to_list (Array.push 1 Array.empty) == [1]
/// ```
let empty : Array a = with_capacity 0

// Room for so many items before the array has to move.
private extern let with_capacity : Int -> Array a = "fx_array_with_capacity"

/// `count` times the same item; none when `count` is negative.
///
/// ```fx
/// Array.to_list (Array.make 3 "a") == ["a", "a", "a"]
/// ```
extern let make : Int -> a -> Array a = "fx_array_make"

/// The array of `f 0`, `f 1` and so on, of length `count`.
///
/// ```fx
/// Array.to_list (Array.init 4 (fun i -> i * i)) == [0, 1, 4, 9]
/// ```
let init (count : Int) (f : Int -> a) : Array a = init_onto (with_capacity count) 0 count f

private let init_onto (done : Array a) (index : Int) (count : Int) (f : Int -> a) : Array a =
  if index >= count then done else init_onto (push (f index) done) (index + 1) count f

/// The items of a list.
///
/// ```fx
/// Array.length (Array.from_list ["a", "b"]) == 2
/// ```
extern let from_list : List a -> Array a = "fx_array_from_list"

// ---- Asking ----

/// The items as a list.
///
/// ```fx
/// Array.to_list (Array.from_list [1, 2, 3]) == [1, 2, 3]
/// ```
extern let to_list : Array a -> List a = "fx_array_to_list"

/// How many items there are.
///
/// ```fx
/// Array.length (Array.make 3 'x') == 3
/// ```
extern let length : Array a -> Int = "fx_array_length"

/// Whether there is no item.
///
/// ```fx
/// Array.is_empty Array.empty
/// ```
let is_empty (array : Array a) : Bool = length array == 0

/// The item at a position.
///
/// ```fx
/// Array.get 1 (Array.from_list ["a", "b"]) == Some "b"
/// Array.get 2 (Array.from_list ["a", "b"]) == None
/// ```
let get (index : Int) (array : Array a) : Option a =
  if index >= 0 && index < length array then Some (item index array) else None

/// The item at a position that is known to be there; a fault where it is not.
///
/// ```fx
/// Array.at 1 (Array.from_list ["a", "b"]) == "b"
/// ```
let at (index : Int) (array : Array a) : a =
  if index >= 0 && index < length array then item index array else missing "at" index array

private extern let item : Int -> Array a -> a = "fx_array_item"

private let missing (function : String) (index : Int) (array : Array a) : b =
  fault "Array.\(function): there is no item \(index) in an array of \(length array)"

// ---- Changing ----

/// With another item at a position, which must be there: a fault where it is not.
///
/// ```fx
/// Array.to_list (Array.set 1 "z" (Array.from_list ["a", "b"])) == ["a", "z"]
/// ```
let set (index : Int) (value : a) (array : Array a) : Array a =
  if index >= 0 && index < length array then replace index value array else missing "set" index array

private extern let replace : Int -> a -> Array a -> Array a = "fx_array_replace_take"

/// With the item at a position changed by `f`; a fault where there is none.
///
/// ```fx
/// Array.to_list (Array.update 0 (fun x -> x + 1) (Array.from_list [1, 2])) == [2, 2]
/// ```
let update (index : Int) (f : a -> a) (array : Array a) : Array a =
  if index >= 0 && index < length array then replace index (f (item index array)) array else missing "update" index array

/// With two items exchanged; a fault where one is missing.
///
/// ```fx
/// Array.to_list (Array.swap 0 2 (Array.from_list [1, 2, 3])) == [3, 2, 1]
/// ```
let swap (left : Int) (right : Int) (array : Array a) : Array a =
  if left < 0 || left >= length array then missing "swap" left array
  else if right < 0 || right >= length array then missing "swap" right array
  else exchange left right array

private extern let exchange : Int -> Int -> Array a -> Array a = "fx_array_exchange_take"

/// With one item more, at the end.
///
/// ```fx
/// Array.to_list (Array.push 3 (Array.from_list [1, 2])) == [1, 2, 3]
/// ```
extern let push : a -> Array a -> Array a = "fx_array_push_take"

/// The last item, and the array without it.
///
/// ```fx
/// (match Array.pop (Array.from_list [1, 2]) | Some (last, rest) -> (last, Array.to_list rest) | None -> (0, [])) == (2, [1])
/// ```
let pop (array : Array a) : Option (a, Array a) =
  let count = length array
  if count == 0 then None
  else
    let last = item (count - 1) array
    Some (last, truncate (count - 1) array)

private extern let truncate : Int -> Array a -> Array a = "fx_array_truncate_take"

/// The items of the first, then those of the second.
///
/// ```fx
/// Array.to_list (Array.append (Array.make 1 'a') (Array.make 2 'b')) == ['a', 'b', 'b']
/// ```
extern let append : Array a -> Array a -> Array a = "fx_array_append_take"

/// The items from `start` up to but not including `end`; what lies outside is left out.
///
/// ```fx
/// Array.to_list (Array.slice 1 3 (Array.from_list [0, 1, 2, 3])) == [1, 2]
/// Array.to_list (Array.slice 2 99 (Array.from_list [0, 1, 2, 3])) == [2, 3]
/// ```
extern let slice : Int -> Int -> Array a -> Array a = "fx_array_slice"

// ---- Going through ----

/// Applies `f` to each item.
///
/// ```fx
/// Array.to_list (Array.map (fun x -> x * 2) (Array.from_list [1, 2])) == [2, 4]
/// ```
let map (f : a -> b) (array : Array a) : Array b = init (length array) (fun index -> f (item index array))

/// Applies `f` to each position and its item.
///
/// ```fx
/// Array.to_list (Array.map_indexed (fun i x -> i * x) (Array.from_list [5, 6, 7])) == [0, 6, 14]
/// ```
let map_indexed (f : Int -> a -> b) (array : Array a) : Array b =
  init (length array) (fun index -> f index (item index array))

/// The items that pass the test.
///
/// ```fx
/// Array.to_list (Array.filter (fun x -> x > 1) (Array.from_list [1, 2, 3])) == [2, 3]
/// ```
let filter (passes : a -> Bool) (array : Array a) : Array a =
  fold (fun done x -> if passes x then push x done else done) empty array

/// Goes through the array from the left: `f` combines what there is so far with the next item.
///
/// ```fx
/// Array.fold (fun total x -> total + x) 0 (Array.from_list [1, 2, 3]) == 6
/// ```
let fold (f : b -> a -> b) (start : b) (array : Array a) : b = fold_from 0 f start array

private let fold_from (index : Int) (f : b -> a -> b) (done : b) (array : Array a) : b =
  if index >= length array then done else fold_from (index + 1) f (f done (item index array)) array

/// Goes through the array from the right: `f` combines the item with what there is so far.
///
/// ```fx
/// Array.fold_right (fun x rest -> x :: rest) [] (Array.from_list [1, 2]) == [1, 2]
/// ```
let fold_right (f : a -> b -> b) (start : b) (array : Array a) : b = fold_below (length array) f start array

private let fold_below (count : Int) (f : a -> b -> b) (done : b) (array : Array a) : b =
  if count == 0 then done else fold_below (count - 1) f (f (item (count - 1) array) done) array

/// The first position whose item passes the test.
///
/// ```fx
/// Array.find_index (fun x -> x > 1) (Array.from_list [1, 2, 3]) == Some 1
/// ```
let find_index (passes : a -> Bool) (array : Array a) : Option Int = find_index_from 0 passes array

private let find_index_from (index : Int) (passes : a -> Bool) (array : Array a) : Option Int =
  if index >= length array then None
  else if passes (item index array) then Some index
  else find_index_from (index + 1) passes array

/// The smallest item first. Equal items keep their order.
///
/// ```fx
/// Array.to_list (Array.sort (Array.from_list [3, 1, 2])) == [1, 2, 3]
/// ```
let sort (array : Array a) : Array a = from_list (List.sort (to_list array))

/// The same by what `f` answers for each item.
///
/// ```fx
/// Array.to_list (Array.sort_by String.length (Array.from_list ["ccc", "a", "bb"])) == ["a", "bb", "ccc"]
/// ```
let sort_by (f : a -> b) (array : Array a) : Array a = from_list (List.sort_by f (to_list array))

/// Whether the test holds for at least one item.
///
/// ```fx
/// Array.any (fun x -> x > 2) (Array.from_list [1, 2, 3])
/// ```
let any (passes : a -> Bool) (array : Array a) : Bool = Option.is_some (find_index passes array)

/// Whether the test holds for every item.
///
/// ```fx
/// Array.all (fun x -> x > 0) (Array.from_list [1, 2, 3])
/// ```
let all (passes : a -> Bool) (array : Array a) : Bool = not (any (fun x -> not (passes x)) array)

/// The items from the last to the first.
///
/// ```fx
/// Array.to_list (Array.reverse (Array.from_list [1, 2, 3])) == [3, 2, 1]
/// ```
let reverse (array : Array a) : Array a =
  let count = length array
  init count (fun index -> item (count - 1 - index) array)

/// A position of the item in an array that is sorted, found in as many steps as the length has bits.
///
/// ```fx
/// Array.binary_search 5 (Array.from_list [1, 3, 5, 9]) == Some 2
/// Array.binary_search 4 (Array.from_list [1, 3, 5, 9]) == None
/// ```
let binary_search (wanted : a) (array : Array a) : Option Int = search_between 0 (length array) wanted array

private let search_between (low : Int) (high : Int) (wanted : a) (array : Array a) : Option Int =
  if low >= high then None
  else
    let middle = low + (high - low) / 2
    match compare (item middle array) wanted
    | Equal -> Some middle
    | Less -> search_between (middle + 1) high wanted array
    | Greater -> search_between low middle wanted array
