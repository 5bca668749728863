/// What equals the arguments of a hypothesis is not the same: of 0.0 and -0.0 a program can tell which it has.
effect World =
  tell : Float -> Unit

let f (x : Float) (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    do! World.tell (1.0 / x)
    f (x * -1.0) rest

spec tells_infinity (xs : List Int) =
  f 0.0 xs runs
    match xs
    | [] ->
    | _ :: rest ->
      World.tell (1.0 / 0.0) => ()
      use tells_infinity rest
  returns ()

let within (pair : (Float, Int)) (xs : List Int) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | _ :: rest ->
    let (z, n) = pair
    do! World.tell (1.0 / z)
    within (z * -1.0, n) rest

spec tells_of_pair (xs : List Int) =
  within (0.0, 1) xs runs
    match xs
    | [] ->
    | _ :: rest ->
      World.tell (1.0 / 0.0) => ()
      use tells_of_pair rest
  returns ()
