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
