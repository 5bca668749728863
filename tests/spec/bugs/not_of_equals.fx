import List

// Two that ask the same at once are not told apart: of equal open steps the first in the text is asked, which here is not the one that the
// program means. With questions that differ it is so; nobody said that they do.

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
        use asks_at_once rest
      and
        World.ask question => answer
  returns seconds pairs
