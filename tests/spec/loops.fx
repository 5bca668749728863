/// Loops that gather what they have so far: proved for lists of any length, about anything that can have been gathered.
import Error
import List

effect World =
  ask : Int -> String
  tell : Int -> Unit
  allow : Int -> Bool
  read : Int -> Result String Error

let first_of (x, _) = x
let second_of (_, y) = y

/// The library's, which gathers and turns round.
spec map_seq_asks (pairs : List (Int, String)) =
  List.map_seq World.ask (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use map_seq_asks rest
  returns List.map second_of pairs

let allowed (pairs : List (Int, Bool)) : List Int =
  match pairs
  | [] -> []
  | (n, True) :: rest -> n :: allowed rest
  | (_, False) :: rest -> allowed rest

spec filter_seq_asks (pairs : List (Int, Bool)) =
  List.filter_seq World.allow (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.allow n => answer
      use filter_seq_asks rest
  returns allowed pairs

/// A local function, with what it has captured.
let ask_all (suffix : String) (questions : List Int) : List String ! {World} =
  let go done left =
    match left
    | [] -> ret (List.reverse done)
    | question :: rest ->
      let! answer = World.ask question
      go ((answer ++ suffix) :: done) rest
  go [] questions

let with_suffix (suffix : String) (pairs : List (Int, String)) : List String =
  match pairs
  | [] -> []
  | (_, answer) :: rest -> (answer ++ suffix) :: with_suffix suffix rest

spec asks_all (suffix : String) (pairs : List (Int, String)) =
  ask_all suffix (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use asks_all suffix rest
  returns with_suffix suffix pairs

/// The last first.
let ask_backwards (done : List String) (questions : List Int) : List String ! {World} =
  match questions
  | [] -> ret done
  | question :: rest ->
    let! answer = World.ask question
    ask_backwards (answer :: done) rest

spec asks_backwards (pairs : List (Int, String)) =
  ask_backwards [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use asks_backwards rest
  returns List.reverse (List.map second_of pairs)

/// A text.
let ask_text (text : String) (questions : List Int) : String ! {World} =
  match questions
  | [] -> ret text
  | question :: rest ->
    let! answer = World.ask question
    ask_text (text ++ answer ++ "\n") rest

let lines_of (pairs : List (Int, String)) : String =
  match pairs
  | [] -> ""
  | (_, answer) :: rest -> answer ++ "\n" ++ lines_of rest

spec asks_text (pairs : List (Int, String)) =
  ask_text "" (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use asks_text rest
  returns lines_of pairs

/// What could be read, and what could not.
let read_all (texts : List String) (errors : List Error) (left : List Int) : (List String, List Error) ! {World} =
  match left
  | [] -> ret (List.reverse texts, List.reverse errors)
  | n :: rest ->
    match! World.read n
    | Ok text -> read_all (text :: texts) errors rest
    | Err error -> read_all texts (error :: errors) rest

let texts_of (pairs : List (Int, Result String Error)) : List String =
  match pairs
  | [] -> []
  | (_, Ok text) :: rest -> text :: texts_of rest
  | (_, Err _) :: rest -> texts_of rest

let errors_of (pairs : List (Int, Result String Error)) : List Error =
  match pairs
  | [] -> []
  | (_, Ok _) :: rest -> errors_of rest
  | (_, Err error) :: rest -> error :: errors_of rest

spec reads_all (pairs : List (Int, Result String Error)) =
  read_all [] [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.read n => answer
      use reads_all rest
  returns (texts_of pairs, errors_of pairs)

/// The first error ends it.
let read_until (done : List String) (left : List Int) : Result (List String) Error ! {World} =
  match left
  | [] -> ret (Ok (List.reverse done))
  | n :: rest ->
    match! World.read n
    | Ok text -> read_until (text :: done) rest
    | Err error -> ret (Err error)

let all_of (pairs : List (Int, String)) : List String =
  match pairs
  | [] -> []
  | (_, text) :: rest -> text :: all_of rest

spec reads_until_the_end (pairs : List (Int, String)) =
  read_until [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, text) :: rest ->
      World.read n => Ok text
      use reads_until_the_end rest
  returns Ok (all_of pairs)

/// What is gathered is in what is asked: then it is a parameter of the spec.
let number (n : Int) (left : List Int) : Unit ! {World} =
  match left
  | [] -> ret ()
  | _ :: rest ->
    do! World.tell n
    number (if n > 1000 then 0 else n + 1) rest

spec numbers (n : Int) (items : List Int) =
  number n items runs
    match items
    | [] ->
    | _ :: rest ->
      World.tell n => ()
      use numbers (if n > 1000 then 0 else n + 1) rest
  returns ()

spec iter_seq_tells (numbers : List Int) =
  List.iter_seq World.tell numbers runs
    match numbers
    | [] ->
    | number :: rest ->
      World.tell number => ()
      use iter_seq_tells rest
  returns ()

/// What is put at the end each time.
let append_each (done : List a) (items : List a) : List a =
  match items
  | [] -> done
  | item :: rest -> append_each (done ++ [item]) rest

spec map_seq_appends (pairs : List (Int, String)) =
  List.map_seq World.ask (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use map_seq_appends rest
  returns append_each [] (List.map second_of pairs)

/// What was the last so far is put together in no way that is known; it is a parameter of the spec, too.
let last_allowed (last : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret last
  | n :: rest ->
    let! is_allowed = World.allow n
    last_allowed (if is_allowed then n else last) rest

let last_of (last : Int) (pairs : List (Int, Bool)) : Int =
  match pairs
  | [] -> last
  | (n, is_allowed) :: rest -> last_of (if is_allowed then n else last) rest

spec finds_last_allowed (last : Int) (pairs : List (Int, Bool)) =
  last_allowed last (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, is_allowed) :: rest ->
      World.allow n => is_allowed
      use finds_last_allowed (if is_allowed then n else last) rest
  returns last_of last pairs
