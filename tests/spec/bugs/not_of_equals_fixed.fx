import List

// As in not_of_equals, but the spec says the steps in the order in which the program asks.

effect World =
  ask : Int -> String

let firsts (pairs : List (a, b)) : List a =
  match pairs
  | [] -> []
  | (x, _) :: rest -> x :: firsts rest

let seconds (pairs : List (a, b)) : List b =
  match pairs
  | [] -> []
  | (_, y) :: rest -> y :: seconds rest

spec asks_at_once (pairs : List (Int, String)) =
  List.map_par World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use asks_at_once rest
  returns seconds pairs
