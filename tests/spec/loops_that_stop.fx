/// Loops that do otherwise when they have gathered enough: what holds for short lists is not proved of all.
import List

effect World =
  ask : Int -> String

let first_of (x, _) = x
let second_of (_, y) = y

let ask_some (done : List String) (questions : List Int) : List String ! {World} =
  match questions
  | [] -> ret (List.reverse done)
  | question :: rest ->
    if List.length done > 50 then ret (List.reverse done)
    else
      let! answer = World.ask question
      ask_some (answer :: done) rest

spec asks_all (pairs : List (Int, String)) =
  ask_some [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use asks_all rest
  returns List.map second_of pairs

let keep_some (done : List String) (questions : List Int) : List String ! {World} =
  match questions
  | [] -> ret (List.reverse done)
  | question :: rest ->
    let! answer = World.ask question
    keep_some (if List.length done > 50 then done else answer :: done) rest

spec keeps_all (pairs : List (Int, String)) =
  keep_some [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use keeps_all rest
  returns List.map second_of pairs

let ask_fifty (n : Int) (done : List String) (questions : List Int) : List String ! {World} =
  match questions
  | [] -> ret (List.reverse done)
  | question :: rest ->
    let! answer = World.ask question
    if n == 50 then ret [] else ask_fifty (n + 1) (answer :: done) rest

spec answers_all (pairs : List (Int, String)) =
  ask_fifty 0 [] (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use answers_all rest
  returns List.map second_of pairs

let take_some (done : List a) (n : Int) (xs : List a) : List a =
  match xs
  | [] -> List.reverse done
  | x :: rest -> if n > 50 then List.reverse done else take_some (x :: done) (n + 1) rest

spec takes_all (pairs : List (Int, String)) =
  List.map_seq World.ask (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use takes_all rest
  returns take_some [] 0 (List.map second_of pairs)
