/// One of two things: `Left` of the one, or `Right` of the other. `first` answers one.

import List

/// Applies the function for the side that is there.
///
/// ```fx
/// Either.fold (fun x -> x + 1) (fun text -> 0) (Left 2) == 3
/// Either.fold (fun x -> x + 1) (fun text -> 0) (Right "two") == 0
/// ```
let fold (on_left : a -> c) (on_right : b -> c) (either : Either a b) : c =
  match either
  | Left x -> on_left x
  | Right y -> on_right y

/// Applies `f` to a `Left`.
///
/// ```fx
/// Either.map_left (fun x -> x + 1) (Left 2 : Either Int String) == Left 3
/// ```
let map_left (f : a -> c) (either : Either a b) : Either c b =
  match either
  | Left x -> Left (f x)
  | Right y -> Right y

/// Applies `f` to a `Right`.
///
/// ```fx
/// Either.map_right (fun x -> x + 1) (Right 2 : Either String Int) == Right 3
/// ```
let map_right (f : b -> c) (either : Either a b) : Either a c =
  match either
  | Left x -> Left x
  | Right y -> Right (f y)

/// What is in a `Left`.
///
/// ```fx
/// Either.left (Left 1 : Either Int String) == Some 1
/// Either.left (Right "one" : Either Int String) == None
/// ```
let left (either : Either a b) : Option a =
  match either
  | Left x -> Some x
  | Right _ -> None

/// What is in a `Right`.
///
/// ```fx
/// Either.right (Right "one" : Either Int String) == Some "one"
/// ```
let right (either : Either a b) : Option b =
  match either
  | Left _ -> None
  | Right y -> Some y

/// Whether it is a `Left`.
///
/// ```fx
/// Either.is_left (Left 1 : Either Int String)
/// ```
let is_left (either : Either a b) : Bool =
  match either
  | Left _ -> True
  | Right _ -> False

/// Whether it is a `Right`.
///
/// ```fx
/// Either.is_right (Left 1 : Either Int String) == False
/// ```
let is_right (either : Either a b) : Bool =
  match either
  | Left _ -> False
  | Right _ -> True

/// The other way round.
///
/// ```fx
/// Either.swap (Left 1 : Either Int String) == Right 1
/// ```
let swap (either : Either a b) : Either b a =
  match either
  | Left x -> Right x
  | Right y -> Left y

/// What is in it, when both sides are of one type.
///
/// ```fx
/// Either.merge (Left 1) == 1
/// Either.merge (Right 2) == 2
/// ```
let merge (either : Either a a) : a =
  match either
  | Left x -> x
  | Right y -> y

/// The lefts and the rights of a list.
///
/// ```fx
/// Either.partition [Left 1, Right "a", Left 2] == ([1, 2], ["a"])
/// ```
let partition (eithers : List (Either a b)) : (List a, List b) =
  (List.filter_map left eithers, List.filter_map right eithers)
