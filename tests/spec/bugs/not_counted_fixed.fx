/// Functions that count.
effect World =
  tell : Int -> Unit

let count_from (n : Int) (xs : List a) : Int =
  match xs
  | [] -> n
  | _ :: rest -> count_from (n + 1) rest

let tell_counts (first : Int) (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    do! World.tell (count_from first rest)
    tell_counts first rest

spec one_too_many (xs : List Int) =
  tell_counts 0 xs runs
    match xs
    | [] ->
    | _ :: rest ->
      World.tell (count_from 0 rest) => ()
      use one_too_many rest
  returns ()

let tell_if_even (first : Int) (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell (if count_from first rest == 7 then x else x)
    tell_if_even first rest

// There is no such Int for a list that is long enough.
spec begins_large (xs : List Int) =
  tell_if_even 0 xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use begins_large rest
  returns ()

let count_in_turns (a : Int) (b : Int) (xs : List c) : Int =
  match xs
  | [] -> a
  | _ :: rest -> count_in_turns (b + 1) (a + 1) rest

let tell_turns (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    do! World.tell (count_in_turns 0 5 rest)
    tell_turns rest

spec in_turns (xs : List Int) =
  tell_turns xs runs
    match xs
    | [] ->
    | _ :: rest ->
      World.tell (count_in_turns 0 5 rest) => ()
      use in_turns rest
  returns ()

let inverse_from (n : Int) (xs : List a) : Int =
  match xs
  | [] -> n
  | _ :: rest -> if 10 / (n - (-3)) == 20 then n else inverse_from (n + 1) rest

let tell_inverse (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell (if inverse_from 0 rest == 7 then x else x)
    tell_inverse rest

// It faults at the fourth.
spec divides (xs : List Int) =
  tell_inverse xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use divides rest
  returns ()
