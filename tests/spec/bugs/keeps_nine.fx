import List

effect World =
  ask : Int -> String

let first_of (x, _) = x
let second_of (_, y) = y

let ask_all (done : List String) (questions : List Int) : List String ! {World} =
  match questions
  | [] -> ret (List.reverse done)
  | question :: rest ->
    let! answer = World.ask question
    ask_all (if List.length done == 9 then done else answer :: done) rest

/// It holds for all lists of up to nine questions.
spec asks_all (pairs : List (Int, String)) =
  ask_all [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use asks_all rest
  returns List.map second_of pairs
