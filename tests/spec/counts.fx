/// Loops that gather an Int, or what a function makes of it: proved for lists of any length where what the spec returns is a loop, too, which begins
/// with the same.
import List

effect World =
  ask : Int -> Int
  allow : Int -> Bool

let first_of (x, _) = x
let second_of (_, y) = y

let ask_each (count : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret count
  | n :: rest ->
    let! _ = World.ask n
    ask_each (count + 1) rest

spec asks_each (pairs : List (Int, Int)) =
  ask_each 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use asks_each rest
  returns List.length pairs

/// Some count.
let count_allowed (count : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret count
  | n :: rest ->
    let! is_allowed = World.allow n
    count_allowed (if is_allowed then count + 1 else count) rest

spec counts_allowed (pairs : List (Int, Bool)) =
  count_allowed 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, is_allowed) :: rest ->
      World.allow n => is_allowed
      use counts_allowed rest
  returns List.count second_of pairs

let true_from (count : Int) (pairs : List (Int, Bool)) : Int =
  match pairs
  | [] -> count
  | (_, True) :: rest -> true_from (count + 1) rest
  | (_, False) :: rest -> true_from count rest

spec counts_by_a_loop (pairs : List (Int, Bool)) =
  count_allowed 10 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, is_allowed) :: rest ->
      World.allow n => is_allowed
      use counts_by_a_loop rest
  returns true_from 10 pairs

/// A local function.
let count_twice (left : List Int) : Int ! {World} =
  let go count left =
    match left
    | [] -> ret count
    | n :: rest ->
      let! _ = World.ask n
      go (count + 2) rest
  go 0 left

spec counts_twice (pairs : List (Int, Int)) =
  count_twice (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use counts_twice rest
  returns List.fold (fun count _ -> count + 2) 0 pairs

/// The largest.
let larger (a : Int) (b : Int) : Int = if a >= b then a else b

let ask_largest (best : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret best
  | n :: rest ->
    let! k = World.ask n
    ask_largest (larger best k) rest

spec asks_largest (pairs : List (Int, Int)) =
  ask_largest 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use asks_largest rest
  returns List.fold larger 0 (List.map second_of pairs)

/// The one to begin with is any.
spec asks_larger (best : Int) (pairs : List (Int, Int)) =
  ask_largest best (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use asks_larger best rest
  returns List.fold larger best (List.map second_of pairs)

spec folds_seq (pairs : List (Int, Int)) =
  List.fold_seq (fun best n -> let! k = World.ask n in ret (larger best k)) 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use folds_seq rest
  returns List.fold larger 0 (List.map second_of pairs)

/// A count, and what was counted.
let ask_both (count : Int) (answers : List Int) (left : List Int) : (Int, List Int) ! {World} =
  match left
  | [] -> ret (count, List.reverse answers)
  | n :: rest ->
    let! k = World.ask n
    ask_both (count + 1) (k :: answers) rest

spec asks_both (pairs : List (Int, Int)) =
  ask_both 0 [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use asks_both rest
  returns (List.length pairs, List.map second_of pairs)

/// Two counts that begin with the same.
let count_both (yes : Int) (no : Int) (left : List Int) : (Int, Int) ! {World} =
  match left
  | [] -> ret (yes, no)
  | n :: rest ->
    match! World.allow n
    | True -> count_both (yes + 1) no rest
    | False -> count_both yes (no + 1) rest

let both_from (yes : Int) (no : Int) (answers : List Bool) : (Int, Int) =
  match answers
  | [] -> (yes, no)
  | True :: rest -> both_from (yes + 1) no rest
  | False :: rest -> both_from yes (no + 1) rest

spec counts_both (pairs : List (Int, Bool)) =
  count_both 0 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, is_allowed) :: rest ->
      World.allow n => is_allowed
      use counts_both rest
  returns both_from 0 0 (List.map second_of pairs)

// It holds for every list that fits into a test, and is not proved: after the seventy thousandth nothing is counted.
let stop_counting (count : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret count
  | n :: rest ->
    let! _ = World.ask n
    stop_counting (if count == 70_000 then count else count + 1) rest

spec never_stops (pairs : List (Int, Int)) =
  stop_counting 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use never_stops rest
  returns List.length pairs

// Conditions on the length of a list that is not known, of which a hypothesis speaks: there are as many cases as conditions, not as many as lengths.
let ask_until (left : List Int) : Unit ! {World} =
  if List.length left == 70_000 then ret () else
    match left
    | [] -> ret ()
    | n :: rest ->
      let! _ = World.ask n
      ask_until rest

spec asks_until (pairs : List (Int, Int)) =
  ask_until (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use asks_until rest
  returns ()

let count_long (count : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret count
  | n :: rest ->
    let! _ = World.ask n
    count_long (if List.length left == 70_000 then count + 1 else count) rest

let length_of_nothing (xs : List a) : Int =
  match xs
  | [] -> List.length xs
  | _ :: rest -> length_of_nothing rest

let pick (x : Int) (_ : Int) : Int = x

spec counts_long (pairs : List (Int, Int)) =
  count_long 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use counts_long rest
  returns pick (length_of_nothing pairs) (List.length [])

// What is added is as large as a list is never long, and so may become too large for an Int.
let count_far (count : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret count
  | n :: rest ->
    let! _ = World.ask n
    count_far (count + 1_000_000_000_000_000) rest

spec counts_far (pairs : List (Int, Int)) =
  count_far 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use counts_far rest
  returns List.fold (fun count _ -> count + 1_000_000_000_000_000) 0 pairs
