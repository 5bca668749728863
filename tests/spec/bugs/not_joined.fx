/// Texts joined: of lists that are not known.
import List
import String

effect World =
  tell : String -> Unit

let tell_joined (separator : String) (xs : List String) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    do! World.tell (String.join separator xs)
    tell_joined separator rest

// What comes behind may be nothing: then no separator stands before it.
spec separated (xs : List String) =
  tell_joined "," xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell (x ++ "," ++ String.join "," rest) => ()
      use separated rest
  returns ()

spec separated_by_any (separator : String) (xs : List String) =
  tell_joined separator xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell (x ++ String.join separator rest) => ()
      use separated_by_any separator rest
  returns ()

spec in_order (a : String) (b : String) (xs : List String) =
  World.tell (String.concat (a :: b :: xs)) runs
    World.tell (b ++ a ++ String.concat xs) => ()
  returns ()

spec lists_in_order (xs : List String) (ys : List String) =
  World.tell (String.concat (xs ++ ys)) runs
    World.tell (String.concat ys ++ String.concat xs) => ()
  returns ()

spec begins_empty (separator : String) (a : String) =
  World.tell (String.join separator ["", a]) runs
    World.tell a => ()
  returns ()

spec each_with_its_end (xs : List String) =
  World.tell (String.concat (List.map (fun x -> x ++ "!") xs)) runs
    World.tell (String.concat (List.map (fun x -> x ++ "?") xs)) => ()
  returns ()

spec reversed (xs : List String) =
  World.tell (String.concat (List.reverse xs)) runs
    World.tell (String.concat xs) => ()
  returns ()
