/// Programs that do the same for each element, however many there are.
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
    tell_first mode rest

spec tells_all (xs : List Int) =
  tell_first 1 (drop (tell_first 0 xs) xs) runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_all rest
  returns ()

let tell_any (done : List Int) (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell x
    tell_any (x :: done) rest

spec tells_any_number (xs : List Int) =
  tell_any [0] (drop (tell_any [] xs) xs) runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_any_number rest
  returns ()

// A handler passes on what comes later.
let tell_bumped (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell x
    handle tell_bumped rest with
    | World.tell n -> World.tell n

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
    sleep_less rest

spec sleeps_each_time (xs : List Int) =
  sleep_less xs runs
    match xs
    | [] ->
    | _ :: rest ->
      Time.sleep 20 => ()
      use sleeps_each_time rest
  returns ()

// 0.0 is equal to -0.0.
let say_same (x : Float) (y : Float) : Unit ! {Speech} = if x == y then Speech.say "\(y)" else Speech.say "no"

spec says_either (x : Float) (y : Float) =
  say_same x y runs
    Speech.say (if x == y then "\(y)" else "no") => ()
  returns ()
