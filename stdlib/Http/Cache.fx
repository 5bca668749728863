/// A bounded table of what was looked up lately. Pure: who keeps it (mostly a cell) says what the time is.
///
/// It has two generations. What is put in is young. When the young ones weigh half of the capacity they become the old ones, and the old
/// ones are forgotten: so what is asked for often stays, if whoever finds an old entry puts it in again.
///
/// A generation is a table of small maps: the hash of a key says in which of them it is. Keys that were chosen to have equal hashes meet in one
/// map, where finding them is still quick.
import Array
import Int
import Map
import String

opaque type Cache a = Cache Int Int (Array (Map String a)) (Array (Map String a)) // the capacity, what the young ones weigh, the young, the old

/// An empty one that never holds more than so much weight: bytes, or whatever the caller counts.
///
/// ```fx
/// Cache.get "a" (Cache.insert "a" 1 7 (Cache.make 100)) == Some 7
/// Cache.get "a" (Cache.insert "b" 60 8 (Cache.insert "a" 60 7 (Cache.make 100))) == Some 7
/// Cache.get "a" (Cache.insert "c" 60 9 (Cache.insert "b" 60 8 (Cache.insert "a" 60 7 (Cache.make 100)))) == None
/// ```
let make (capacity : Int) : Cache a = Cache capacity 0 (generation capacity) (generation capacity)

// Few maps where few entries can be, and at most as many as fit the processor's own memory.
private let generation (capacity : Int) : Array (Map String a) = Array.make (Int.clamp 1 8192 (capacity / 64)) Map.empty

// Both generations are as long, so a key has the same place in each.
private let place (key : String) (entries : Array (Map String a)) : Int = String.hash key % Array.length entries

private let change (key : String) (change : Map String a -> Map String a) (entries : Array (Map String a)) : Array (Map String a) =
  Array.update (place key entries) change entries

/// The value of a key, young or old.
let get (key : String) (Cache _ _ young old : Cache a) : Option a =
  let place = place key young
  match Map.get key (Array.at place young)
  | Some value -> Some value
  | None -> Map.get key (Array.at place old)

/// Whether the key is among the old ones only: putting it in again keeps it from being forgotten.
///
/// ```fx
/// Cache.is_old "a" (Cache.insert "b" 60 8 (Cache.insert "a" 60 7 (Cache.make 100)))
/// ```
let is_old (key : String) (Cache _ _ young _ : Cache a) : Bool = not (is_in key young)

private let is_in (key : String) (entries : Array (Map String a)) : Bool = Map.contains key (Array.at (place key entries) entries)

/// Puts a value in, with what it weighs, in place of the key's value before.
let insert (key : String) (weight : Int) (value : a) (Cache capacity weighed young old : Cache a) : Cache a =
  if 2 * (weighed + weight) > capacity then Cache capacity weight (put key value (generation capacity)) young
  else Cache capacity (weighed + weight) (put key value young) old

private let put (key : String) (value : a) (entries : Array (Map String a)) : Array (Map String a) = change key (Map.insert key value) entries

/// The same for a value that weighs what the key's value weighed before: a young one is replaced and nothing grows older.
///
/// ```fx
/// Cache.get "a" (Cache.renew "a" 60 8 (Cache.insert "a" 60 7 (Cache.make 130))) == Some 8
/// ```
let renew (key : String) (weight : Int) (value : a) (Cache capacity weighed young old : Cache a) : Cache a =
  if is_in key young then Cache capacity weighed (put key value young) old
  else insert key weight value (Cache capacity weighed young old)

/// Takes a key out.
///
/// ```fx
/// Cache.get "a" (Cache.remove "a" (Cache.insert "a" 1 7 (Cache.make 100))) == None
/// ```
let remove (key : String) (Cache capacity weighed young old : Cache a) : Cache a =
  Cache capacity weighed (change key (Map.remove key) young) (change key (Map.remove key) old)
