/// The outcome of something that may fail: `Ok` of the answer, or `Err` of what went wrong.

import List

/// Applies `f` to the answer.
///
/// ```fx
/// Result.map (fun x -> x + 1) (Ok 2 : Result Int String) == Ok 3
/// Result.map (fun x -> x + 1) (Err "no") == Err "no"
/// ```
let map (f : a -> b) (result : Result a e) : Result b e =
  match result
  | Ok x -> Ok (f x)
  | Err error -> Err error

/// Applies `f` to the error.
///
/// ```fx
/// Result.map_error (fun text -> text ++ "!") (Err "no" : Result Int String) == Err "no!"
/// ```
let map_error (f : e -> g) (result : Result a e) : Result a g =
  match result
  | Ok x -> Ok x
  | Err error -> Err (f error)

/// Goes on with the answer; `f` may fail in turn.
///
/// ```fx
/// Result.and_then (fun x -> if x > 0 then Ok (100 / x) else Err "not positive") (Ok 5) == Ok 20
/// Result.and_then (fun x -> if x > 0 then Ok (100 / x) else Err "not positive") (Err "no") == Err "no"
/// ```
let and_then (f : a -> Result b e) (result : Result a e) : Result b e =
  match result
  | Ok x -> f x
  | Err error -> Err error

/// Goes on with the error; `f` may still find an answer.
///
/// ```fx
/// Result.or_else (fun error -> if error == "empty" then Ok 0 else Err error) (Err "empty") == Ok 0
/// ```
let or_else (f : e -> Result a g) (result : Result a e) : Result a g =
  match result
  | Ok x -> Ok x
  | Err error -> f error

/// The answer, or else `default`.
///
/// ```fx
/// Result.with_default 0 (Ok 7 : Result Int String) == 7
/// Result.with_default 0 (Err "no") == 0
/// ```
let with_default (default : a) (result : Result a e) : a =
  match result
  | Ok x -> x
  | Err _ -> default

/// Whether there is an answer.
///
/// ```fx
/// Result.is_ok (Ok 1 : Result Int String)
/// ```
let is_ok (result : Result a e) : Bool =
  match result
  | Ok _ -> True
  | Err _ -> False

/// Whether there is an error.
///
/// ```fx
/// Result.is_err (Err "no" : Result Int String)
/// ```
let is_err (result : Result a e) : Bool =
  match result
  | Ok _ -> False
  | Err _ -> True

/// The answer, if there is one.
///
/// ```fx
/// Result.to_option (Ok 1 : Result Int String) == Some 1
/// Result.to_option (Err "no" : Result Int String) == None
/// ```
let to_option (result : Result a e) : Option a =
  match result
  | Ok x -> Some x
  | Err _ -> None

/// All answers, or the first error.
///
/// ```fx
/// Result.all [Ok 1, Err "no", Err "nor this"] == Err "no"
/// (Result.all [Ok 1, Ok 2] : Result (List Int) String) == Ok [1, 2]
/// ```
let all (results : List (Result a e)) : Result (List a) e = all_onto [] results

private let all_onto (done : List a) (results : List (Result a e)) : Result (List a) e =
  match results
  | [] -> Ok (List.reverse done)
  | Ok x :: rest -> all_onto (x :: done) rest
  | Err error :: _ -> Err error

/// The answers and the errors.
///
/// ```fx
/// Result.partition [Ok 1, Err "no", Ok 2] == ([1, 2], ["no"])
/// ```
let partition (results : List (Result a e)) : (List a, List e) =
  (List.filter_map to_option results, List.filter_map to_error results)

/// The error, if there is one.
///
/// ```fx
/// Result.to_error (Err "no" : Result Int String) == Some "no"
/// ```
let to_error (result : Result a e) : Option e =
  match result
  | Ok _ -> None
  | Err error -> Some error

/// Combines two answers; the first error counts.
///
/// ```fx
/// (Result.map2 (fun x y -> x + y) (Ok 1) (Ok 2) : Result Int String) == Ok 3
/// Result.map2 (fun x y -> x + y) (Err "no") (Err "nor this") == Err "no"
/// ```
let map2 (f : a -> b -> c) (left : Result a e) (right : Result b e) : Result c e =
  match (left, right)
  | (Ok x, Ok y) -> Ok (f x y)
  | (Err error, _) | (_, Err error) -> Err error

/// A result in a result as one.
///
/// ```fx
/// (Result.flatten (Ok (Ok 1)) : Result Int String) == Ok 1
/// ```
let flatten (result : Result (Result a e) e) : Result a e =
  match result
  | Ok inner -> inner
  | Err error -> Err error
