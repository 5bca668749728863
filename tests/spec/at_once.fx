/// What runs for all items of a list at once, however many there are.
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

spec map_par_asks_all (pairs : List (Int, String)) =
  List.map_par World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use map_par_asks_all rest
  returns seconds pairs

spec map_pool_asks_all (pairs : List (Int, String)) =
  List.map_pool 3 World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use map_pool_asks_all rest
  returns seconds pairs

/// Two questions for each item, the second by the answer to the first.
let ask_and_tell (n : Int) : String ! {World} =
  let! answer = World.ask n
  do! World.tell n
  ret answer

spec each_is_told (pairs : List (Int, String)) =
  List.map_par ask_and_tell (firsts pairs) runs
    match pairs
    | [] ->
    | (n, answer) :: rest ->
      join
        World.ask n => answer
        World.tell n => ()
      and
        use each_is_told rest
  returns seconds pairs

/// True, but what is proved of a pool is so for any limit.
spec one_after_the_other (pairs : List (Int, String)) =
  List.map_pool 1 World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use one_after_the_other rest
  returns seconds pairs

/// What is before and behind: by the spec above.
let ask_between (questions : List Int) : List String ! {World} =
  do! World.tell 1
  let! answers = List.map_pool 3 World.ask questions
  do! World.tell 2
  ret answers

spec asks_between (pairs : List (Int, String)) =
  ask_between (firsts pairs) runs
    World.tell 1 => ()
    use map_pool_asks_all pairs
    World.tell 2 => ()
  returns seconds pairs

/// By a function of the program's own, and one that it ends with.
let ask_all (questions : List Int) : List String ! {World} = List.map_par World.ask questions

let ask_by (limit : Int) (questions : List Int) : List String ! {World} = List.map_pool limit World.ask questions

let ask_first_of (pairs : List (Int, String)) : List String ! {World} =
  let limit = 2
  ask_by limit (firsts pairs)

spec all_are_asked (pairs : List (Int, String)) =
  ask_all (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use all_are_asked rest
  returns seconds pairs

spec firsts_are_asked (pairs : List (Int, String)) =
  ask_first_of pairs runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use firsts_are_asked rest
  returns seconds pairs
