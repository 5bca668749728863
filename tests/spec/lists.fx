// What the list functions that run computations ask, for all lists: by induction, a spec using itself on the tail.
import List

effect World =
  ask : Int -> String
  tell : Int -> Unit

spec map_seq_asks_in_order (questions : List Int) (answers : List String) =
  List.map_seq World.ask [1, 2, 3] runs
    World.ask 1 => "a"
    World.ask 2 => "b"
    World.ask 3 => "c"
  returns ["a", "b", "c"]

spec map_seq_asks (pairs : List (Int, String)) =
  List.map_seq World.ask (List.map fst pairs) runs
    for (question, answer) in pairs
      World.ask question => answer
  returns List.map snd pairs

let fst (x, _) = x
let snd (_, y) = y

let ask_all (questions : List Int) : List String ! {World} =
  match questions
  | [] -> ret []
  | question :: rest ->
    let! answer = World.ask question
    let! answers = ask_all rest
    ret (answer :: answers)

spec asks_all (pairs : List (Int, String)) =
  ask_all (List.map fst pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use asks_all rest
  returns List.map snd pairs

let ask_at_once (questions : List Int) : List String ! {World} =
  match questions
  | [] -> ret []
  | question :: rest ->
    let! (answer, answers) = join (World.ask question) (ask_at_once rest)
    ret (answer :: answers)

spec asks_at_once (pairs : List (Int, String)) =
  ask_at_once (List.map fst pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use asks_at_once rest
  returns List.map snd pairs

spec tells_each (numbers : List Int) =
  List.iter_seq World.tell numbers runs
    for number in numbers
      World.tell number => ()
  returns ()

spec map_par_asks_both (a : String) (b : String) =
  List.map_par World.ask [1, 2] runs
    join
      World.ask 1 => a
    and
      World.ask 2 => b
  returns [a, b]

spec map_pool_asks_one_after_the_other =
  List.map_pool 1 World.ask [1, 2] runs
    World.ask 1 => "a"
    World.ask 2 => "b"
  returns ["a", "b"]

spec iter_par_tells_both =
  List.iter_par World.tell [1, 2] runs
    join
      World.tell 1 => ()
    and
      World.tell 2 => ()
  returns ()
