/// A value that may be missing: `None`, or `Some` of it.

/// Applies `f` to what is there.
///
/// ```fx
/// Option.map (fun x -> x + 1) (Some 2) == Some 3
/// Option.map (fun x -> x + 1) None == None
/// ```
let map (f : a -> b) (option : Option a) : Option b =
  match option
  | Some x -> Some (f x)
  | None -> None

/// Applies `f` when both are there.
///
/// ```fx
/// Option.map2 (fun x y -> x + y) (Some 2) (Some 3) == Some 5
/// Option.map2 (fun x y -> x + y) (Some 2) None == None
/// ```
let map2 (f : a -> b -> c) (left : Option a) (right : Option b) : Option c =
  match (left, right)
  | (Some x, Some y) -> Some (f x y)
  | _ -> None

/// Goes on with what is there; `f` may find that something else is missing.
///
/// ```fx
/// Option.and_then (fun x -> if x > 0 then Some (100 / x) else None) (Some 5) == Some 20
/// Option.and_then (fun x -> if x > 0 then Some (100 / x) else None) (Some 0) == None
/// ```
let and_then (f : a -> Option b) (option : Option a) : Option b =
  match option
  | Some x -> f x
  | None -> None

/// What is there, or else `default`.
///
/// ```fx
/// Option.with_default 0 (Some 7) == 7
/// Option.with_default 0 None == 0
/// ```
let with_default (default : a) (option : Option a) : a =
  match option
  | Some x -> x
  | None -> default

/// The second option if it is there, or else the first: `option |> Option.or_else alternative`.
///
/// ```fx
/// (Some 1 |> Option.or_else (Some 2)) == Some 1
/// (None |> Option.or_else (Some 2)) == Some 2
/// ```
let or_else (alternative : Option a) (option : Option a) : Option a =
  match option
  | Some _ -> option
  | None -> alternative

/// Keeps what is there only if it passes the test.
///
/// ```fx
/// Option.filter (fun x -> x > 3) (Some 7) == Some 7
/// Option.filter (fun x -> x > 3) (Some 1) == None
/// ```
let filter (passes : a -> Bool) (option : Option a) : Option a =
  match option
  | Some x when passes x -> option
  | _ -> None

/// Whether it is there.
///
/// ```fx
/// Option.is_some (Some 1)
/// ```
let is_some (option : Option a) : Bool =
  match option
  | Some _ -> True
  | None -> False

/// Whether it is missing.
///
/// ```fx
/// Option.is_none (Some 1) == False
/// ```
let is_none (option : Option a) : Bool =
  match option
  | Some _ -> False
  | None -> True

/// An option in an option as one.
///
/// ```fx
/// Option.flatten (Some (Some 1)) == Some 1
/// Option.flatten (Some (Option.filter (fun x -> x > 1) (Some 1))) == None
/// ```
let flatten (option : Option (Option a)) : Option a =
  match option
  | Some inner -> inner
  | None -> None

/// A list of one item, or of none.
///
/// ```fx
/// Option.to_list (Some 1) == [1]
/// ```
let to_list (option : Option a) : List a =
  match option
  | Some x -> [x]
  | None -> []

/// `Ok` of what is there, or else `Err error`.
///
/// ```fx
/// Option.to_result "missing" (Some 1) == Ok 1
/// Option.to_result "missing" (Option.filter (fun x -> x > 1) (Some 1)) == Err "missing"
/// ```
let to_result (error : e) (option : Option a) : Result a e =
  match option
  | Some x -> Ok x
  | None -> Err error

/// All of them, or `None` if one is missing.
///
/// ```fx
/// Option.all [Some 1, Some 2] == Some [1, 2]
/// Option.all [Some 1, None] == None
/// ```
let all (options : List (Option a)) : Option (List a) = all_onto [] options

private let all_onto (done : List a) (options : List (Option a)) : Option (List a) =
  match options
  | [] -> Some (reverse_onto [] done)
  | Some x :: rest -> all_onto (x :: done) rest
  | None :: _ -> None

private let reverse_onto (done : List a) (xs : List a) : List a =
  match xs
  | [] -> done
  | x :: rest -> reverse_onto (x :: done) rest

/// Those that are there.
///
/// ```fx
/// Option.values [Some 1, None, Some 3] == [1, 3]
/// ```
let values (options : List (Option a)) : List a = values_onto [] options

private let values_onto (done : List a) (options : List (Option a)) : List a =
  match options
  | [] -> reverse_onto [] done
  | Some x :: rest -> values_onto (x :: done) rest
  | None :: rest -> values_onto done rest

/// Both, if both are there.
///
/// ```fx
/// Option.zip (Some 1) (Some "a") == Some (1, "a")
/// Option.zip (Some 1) (Option.filter (fun x -> x > 1) (Some 1)) == None
/// ```
let zip (left : Option a) (right : Option b) : Option (a, b) =
  match (left, right)
  | (Some x, Some y) -> Some (x, y)
  | _ -> None

/// Whether this is what is there.
///
/// ```fx
/// Option.contains 1 (Some 1)
/// Option.contains 1 None == False
/// ```
let contains (wanted : a) (option : Option a) : Bool = option == Some wanted
