/// A bounded table of what was looked up lately. Pure: who keeps it (mostly a cell) says what the time is.
///
/// It has two generations. What is put in is young. When the young ones weigh half of the capacity they become the old ones, and the old
/// ones are forgotten: so what is asked for often stays, if whoever finds an old entry puts it in again.
import Map

opaque type Cache a = Cache Int Int (Map String a) (Map String a) // the capacity, what the young ones weigh, the young, the old

/// An empty one that never holds more than so much weight: bytes, or whatever the caller counts.
///
/// ```fx
/// Cache.get "a" (Cache.insert "a" 1 7 (Cache.make 100)) == Some 7
/// Cache.get "a" (Cache.insert "b" 60 8 (Cache.insert "a" 60 7 (Cache.make 100))) == Some 7
/// Cache.get "a" (Cache.insert "c" 60 9 (Cache.insert "b" 60 8 (Cache.insert "a" 60 7 (Cache.make 100)))) == None
/// ```
let make (capacity : Int) : Cache a = Cache capacity 0 Map.empty Map.empty

/// The value of a key, young or old.
let get (key : String) (Cache _ _ young old : Cache a) : Option a =
  match Map.get key young
  | Some value -> Some value
  | None -> Map.get key old

/// Whether the key is among the old ones only: putting it in again keeps it from being forgotten.
///
/// ```fx
/// Cache.is_old "a" (Cache.insert "b" 60 8 (Cache.insert "a" 60 7 (Cache.make 100)))
/// ```
let is_old (key : String) (Cache _ _ young _ : Cache a) : Bool = not (Map.contains key young)

/// Puts a value in, with what it weighs, in place of the key's value before.
let insert (key : String) (weight : Int) (value : a) (Cache capacity weighed young old : Cache a) : Cache a =
  if 2 * (weighed + weight) > capacity then Cache capacity weight (Map.insert key value Map.empty) young
  else Cache capacity (weighed + weight) (Map.insert key value young) old

/// The same for a value that weighs what the key's value weighed before: a young one is replaced and nothing grows older.
///
/// ```fx
/// Cache.get "a" (Cache.renew "a" 60 8 (Cache.insert "a" 60 7 (Cache.make 130))) == Some 8
/// ```
let renew (key : String) (weight : Int) (value : a) (Cache capacity weighed young old : Cache a) : Cache a =
  if Map.contains key young then Cache capacity weighed (Map.insert key value young) old
  else insert key weight value (Cache capacity weighed young old)

/// Takes a key out.
///
/// ```fx
/// Cache.get "a" (Cache.remove "a" (Cache.insert "a" 1 7 (Cache.make 100))) == None
/// ```
let remove (key : String) (Cache capacity weighed young old : Cache a) : Cache a =
  Cache capacity weighed (Map.remove key young) (Map.remove key old)
