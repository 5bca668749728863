// Loops that gather an Int, of which each spec is wrong for some lists: none is proved.
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

// It begins with something else.
spec begins_with_one (pairs : List (Int, Int)) =
  ask_each 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use begins_with_one rest
  returns List.length pairs

let count_to_five (count : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret count
  | n :: rest ->
    let! _ = World.ask n
    count_to_five (if count == 5 then count + 1 else count + 1) rest

spec counts_to_five (pairs : List (Int, Int)) =
  count_to_five 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use counts_to_five rest
  returns List.length pairs

// The answer decides what is counted.
let count_allowed (count : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret count
  | n :: rest ->
    match! World.allow n
    | True -> count_allowed (count + 1) rest
    | False -> count_allowed count rest

spec counts_all (pairs : List (Int, Bool)) =
  count_allowed 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.allow n => answer
      use counts_all rest
  returns List.count second_of pairs

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

spec counts_the_others (pairs : List (Int, Bool)) =
  count_both 0 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.allow n => answer
      use counts_the_others rest
  returns both_from 0 0 (List.map second_of pairs)

let larger (a : Int) (b : Int) : Int = if a >= b then a else b

let ask_largest (best : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret best
  | n :: rest ->
    let! k = World.ask n
    ask_largest (larger best k) rest

let smaller_at_seven (a : Int) (b : Int) : Int = if a >= b && (b != 7 || b == 7) then a else b

spec is_larger_but_at_seven (pairs : List (Int, Int)) =
  ask_largest 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use is_larger_but_at_seven rest
  returns List.fold smaller_at_seven 0 (List.map second_of pairs)

// What the spec returns begins its loop within another, which is left as it is for the rest of a list.
let length_of_nothing (xs : List a) : Int =
  match xs
  | [] -> List.length xs
  | _ :: rest -> length_of_nothing rest

let pick (x : Int) (_ : Int) : Int = x

spec counts_nothing (pairs : List (Int, Int)) =
  ask_each 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use counts_nothing rest
  returns pick (List.length pairs) (length_of_nothing pairs)

// Without the answers nothing is too large.
let ask_sum (sum : Int) (left : List Int) : Int ! {World} =
  match left
  | [] -> ret sum
  | n :: rest ->
    let! _ = World.ask n
    ask_sum (sum + 0) rest

spec sums (pairs : List (Int, Int)) =
  ask_sum 0 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use sums rest
  returns List.fold (fun sum _ -> sum + 0) 0 pairs

spec begins_large (pairs : List (Int, Int)) =
  ask_each 2147483647 (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      World.ask n => answer
      use begins_large rest
  returns List.fold (fun count _ -> count + 1) 2147483647 pairs
