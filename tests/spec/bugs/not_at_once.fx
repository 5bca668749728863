/// Lists of any length run at once: none of these is proved.
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

spec one_after_the_other (pairs : List (Int, String)) =
  List.map_par World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use one_after_the_other rest
  returns seconds pairs

spec three_at_once (pairs : List (Int, String)) =
  List.map_pool 3 World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use three_at_once rest
  returns seconds pairs

// The third item is asked for another.
let ask_bumped (n : Int) (xs : List Int) : List Int =
  match xs
  | [] -> []
  | x :: rest -> (if n == 5 then x + 1 else x) :: ask_bumped (if n < 9 then n + 1 else n) rest

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

// The last answer is lost.
let all_but_last (xs : List a) : List a =
  match xs
  | [] -> []
  | [_] -> []
  | x :: rest -> x :: all_but_last rest

let ask_all (questions : List Int) : List String ! {World} =
  let! answers = List.map_par World.ask questions
  ret (all_but_last answers)

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

// By a function of the program's own: what is told depends on how many there are, and the first is left out.
let ask_with_length (questions : List Int) : List String ! {World} =
  let count = List.length questions
  List.map_par (fun n -> World.ask (if count > 2 then n + 1 else n)) questions

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
  List.map_pool 2 World.ask (List.drop 1 questions)

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
