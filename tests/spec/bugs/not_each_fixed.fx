/// What holds for each item beside the others.
import List
import Task
import Time

effect World =
  ask : Int -> Result Int String
  tell : Int -> Unit

effect Stop =
  stop : Int -> Never

/// Questions, and their answers.
alias Pairs = List (Int, Result Int String)

let firsts (pairs : List (a, b)) : List a =
  match pairs
  | [] -> []
  | (x, _) :: rest -> x :: firsts rest

let seconds (pairs : List (a, b)) : List b =
  match pairs
  | [] -> []
  | (_, y) :: rest -> y :: seconds rest

let ask_and_tell (n : Int) : Result Int String ! {World} =
  match! World.ask n
  | Ok number -> ret (Ok number)
  | Err text ->
    do! World.tell n
    ret (Err text)

// It is told as soon as it is known, not when the others have ended.
spec told_at_once (pairs : Pairs) =
  List.map_par ask_and_tell (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
        match answer
        | Err _ ->
          World.tell question => ()
        | Ok _ ->
      and
        use told_at_once rest
  returns seconds pairs

let ask_or_stop (n : Int) : Int ! {World, Stop} =
  match! World.ask n
  | Ok number -> ret number
  | Err _ -> Stop.stop n

let all_or_none (questions : List Int) : Option (List Int) ! {World} =
  handle List.map_par ask_or_stop questions with
  | ret all -> ret (Some all)
  | Stop.stop _ -> ret None

// An error ends the others, which may not have their answers yet.
spec all_asked (n : Int) (m : Int) (error : String) =
  all_or_none [n, m] runs
    join
      World.ask n => Ok n
    and
      World.ask m => Ok m
  returns Some [n, m]

let ask_inverse (n : Int) : Int ! {World} =
  match! World.ask n
  | Ok number -> ret (if number == 0 then 0 else 100 / number)
  | Err _ -> ret 0

let inverse (answer : Result Int String) : Int =
  match answer
  | Ok number -> if number == 0 then 0 else 100 / number
  | Err _ -> 0

let inverses (answers : List (Result Int String)) : List Int =
  match answers
  | [] -> []
  | answer :: rest -> inverse answer :: inverses rest

// One of them faults.
spec inverted (pairs : Pairs) =
  List.map_par ask_inverse (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use inverted rest
  returns inverses (seconds pairs)

let ask_then_tell (n : Int) : Unit ! {World} =
  let! _ = World.ask n
  World.tell n

let units (pairs : List a) : List Unit =
  match pairs
  | [] -> []
  | _ :: rest -> () :: units rest

// A later one may be answered first.
spec told_in_order (pairs : Pairs) =
  List.map_pool 3 ask_then_tell (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
        World.tell question => ()
      and
        use told_in_order rest
  returns units pairs

let ask_soon (n : Int) : Option (Result Int String) ! {World, Time} = Task.timeout 10 (World.ask n)

// It is late, whoever asks.
spec never_late (n : Int) (m : Int) (answer : Result Int String) =
  List.map_par ask_soon [n, m] runs
    join
      left
        World.ask n => answer
    and
      left
        World.ask m => answer
  returns [Some answer, Some answer]

cell Errors : Int = 0

let ask_and_count (n : Int) : Result Int String ! {World, Errors} =
  match! World.ask n
  | Ok number -> ret (Ok number)
  | Err text ->
    do! Errors.update (fun errors -> errors + 1)
    let! errors = Errors.get
    do! World.tell (if errors == 0 then 0 else 1)
    ret (Err text)

// What it counts is the others' too.
spec each_is_the_first (pairs : Pairs) =
  List.map_par ask_and_count (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
        match answer
        | Err _ ->
          World.tell 1 => ()
        | Ok _ ->
      and
        use each_is_the_first rest
  returns seconds pairs

let ask_each (questions : List Int) : Result (List Int) String ! {World} =
  let! answers = List.map_par World.ask questions
  ret (first_error [] answers)

let first_error (done : List Int) (answers : List (Result Int String)) : Result (List Int) String =
  match answers
  | [] -> Ok (List.reverse done)
  | Ok number :: rest -> first_error (number :: done) rest
  | Err text :: _ -> Err text

let other_error (last : Option String) (done : List Int) (answers : List (Result Int String)) : Result (List Int) String =
  match (answers, last)
  | ([], None) -> Ok (List.reverse done)
  | ([], Some text) -> Err text
  | (Ok number :: rest, _) -> other_error last (number :: done) rest
  | (Err text :: rest, _) -> other_error (Some text) done rest

spec only_asks (pairs : Pairs) =
  List.map_par World.ask (firsts pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      join
        World.ask question => answer
      and
        use only_asks rest
  returns seconds pairs

// Of two errors it is the first.
spec error_answered (pairs : Pairs) =
  ask_each (firsts pairs) runs
    use only_asks pairs
  returns first_error [] (seconds pairs)
