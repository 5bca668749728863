/// Functions that go through a list and fault for none: what they give is left as it is.
import List

effect World =
  tell : Int -> Unit

let inverse (xs : List Int) : List Int =
  match xs
  | [] -> []
  | x :: rest -> x :: inverse rest

let tell_all (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    let others = inverse rest
    do! World.tell (if List.is_empty others then x else x)
    tell_all rest

spec tells_all (xs : List Int) =
  tell_all xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_all rest
  returns ()

// And so does a function that is handed on.
let with_all (f : Int -> Int) (xs : List Int) : List Int =
  match xs
  | [] -> []
  | x :: rest -> f x :: with_all f rest

let tell_with (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    let others = with_all (fun y -> if y < 0 then 0 else y) rest
    do! World.tell (if List.is_empty others then x else x)
    tell_with rest

spec tells_with (xs : List Int) =
  tell_with xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_with rest
  returns ()

// One of the two gets shorter.
let swap (xs : List Int) (ys : List Int) : List Int =
  match xs
  | [] -> ys
  | x :: rest -> x :: swap rest ys

let tell_swapped (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    let others = swap rest rest
    do! World.tell (if List.is_empty others then x else x)
    tell_swapped rest

spec tells_swapped (xs : List Int) =
  tell_swapped xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell x => ()
      use tells_swapped rest
  returns ()
