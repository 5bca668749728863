/// Lists of any length run at once: these are proved.
import List

effect World =
  ask : Int -> String
  tell : Int -> Unit

let firsts (pairs : List (a, b)) : List a =
  match pairs
  | [] -> []
  | (x, _) :: rest -> x :: firsts rest

let seconds (pairs : List (a, b)) : List b =
  match pairs
  | [] -> []
  | (_, y) :: rest -> y :: seconds rest

spec all_at_once (pairs : List (Int, String)) =
  List.map_par World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use all_at_once rest
  returns seconds pairs

spec three_at_once (pairs : List (Int, String)) =
  List.map_pool 3 World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use three_at_once rest
  returns seconds pairs

// All are asked as they are.
let ask_bumped (n : Int) (xs : List Int) : List Int =
  match xs
  | [] -> []
  | x :: rest -> x :: ask_bumped (if n < 9 then n + 1 else n) rest

spec all_as_they_are (pairs : List (Int, String)) =
  List.map_par World.ask (ask_bumped 0 (firsts pairs)) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use all_as_they_are rest
  returns seconds pairs

// No answer is lost.
let all_of (xs : List a) : List a =
  match xs
  | [] -> []
  | x :: rest -> x :: all_of rest

let ask_all (questions : List Int) : List String ! {World} =
  let! answers = List.map_par World.ask questions
  ret (all_of answers)

spec answers_all (pairs : List (Int, String)) =
  ask_all (firsts pairs) runs
    use asks_all pairs
  returns seconds pairs

spec asks_all (pairs : List (Int, String)) =
  List.map_par World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use asks_all rest
  returns seconds pairs

// By a function of the program's own: however many there are, and none is left out.
let ask_with_length (questions : List Int) : List String ! {World} =
  let count = 3
  List.map_par (fun n -> World.ask (if count > 3 then n + 1 else n)) questions

spec few_are_as_many (pairs : List (Int, String)) =
  ask_with_length (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use few_are_as_many rest
  returns seconds pairs

let ask_tail (questions : List Int) : List String ! {World} =
  List.map_pool 2 World.ask questions

spec none_is_left_out (pairs : List (Int, String)) =
  ask_tail (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use none_is_left_out rest
  returns seconds pairs
