/// Programs that do otherwise from some element on, or for some number: none of the specs is proved.
import Task
import Time

effect World =
  tell : Int -> Unit

effect Speech =
  say : String -> Unit

// What is made is not what is run.
let drop (_ : a) (xs : List Int) : List Int = xs

let tell_first (mode : Int) (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell (if mode == 1 then x else 999)
    tell_first 0 rest

spec tells_all (xs : List Int) =
  tell_first 1 (drop (tell_first 0 xs) xs) runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_all rest
  returns ()

let tell_seven (done : List Int) (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    match done
    | [_, _, _, _, _, _, _] ->
      do! World.tell 999
      tell_seven (x :: done) rest
    | _ ->
      do! World.tell x
      tell_seven (x :: done) rest

spec tells_any_number (xs : List Int) =
  tell_seven [0] (drop (tell_seven [] xs) xs) runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_any_number rest
  returns ()

// A handler answers for what comes later, or a limit of time cuts it short.
let tell_bumped (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell x
    handle tell_bumped rest with
    | World.tell n -> World.tell (n + 1)

spec tells_as_they_are (xs : List Int) =
  tell_bumped xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_as_they_are rest
  returns ()

let sleep_less (xs : List Int) : Unit ! {Time} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    do! Time.sleep 20
    let! _ = Task.timeout 10 (sleep_less rest)
    ret ()

spec sleeps_each_time (xs : List Int) =
  sleep_less xs runs
    match xs
    | [] ->
    | _ :: rest ->
      Time.sleep 20 => ()
      use sleeps_each_time rest
  returns ()

// A nan is not equal to itself, and 0.0 is to -0.0.
let say_same (x : Float) (y : Float) : Unit ! {Speech} = if x == y then Speech.say "\(x)" else Speech.say "no"

spec says_either (x : Float) (y : Float) =
  say_same x y runs
    Speech.say (if x == y then "\(y)" else "no") => ()
  returns ()
