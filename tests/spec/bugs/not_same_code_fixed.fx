/// Functions that read the same.
effect World =
  tell : String -> Unit

let tell_with (f : String -> String) (xs : List String) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell (f x)
    tell_with f rest

let tell_between (a : String) (b : String) (xs : List String) : Unit ! {World} = tell_with (fun x -> a ++ x ++ b) xs

// What they have captured is changed round.
spec captured (a : String) (b : String) (xs : List String) =
  tell_between b a xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell (b ++ x ++ a) => ()
      use captured a b rest
  returns ()

let tell_once (f : String -> String -> String) (xs : List String) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell (f x "1")
    tell_once (fun a b -> a ++ b ++ a) rest

// They answer their other parameter.
spec parameters (xs : List String) =
  tell_once (fun a b -> a ++ b ++ a) xs runs
    match xs
    | [] ->
    | x :: rest ->
      World.tell (x ++ "1" ++ x) => ()
      use parameters rest
  returns ()

type Sign =
  | Plus
  | Minus

let tell_signs (f : Sign -> String) (signs : List Sign) : Unit ! {World} =
  match signs
  | [] -> ret ()
  | sign :: rest ->
    do! World.tell (f sign)
    let next sign = match sign
      | Plus -> "+"
      | Minus -> "-"
    tell_signs next rest

let shown (sign : Sign) : String =
  match sign
  | Plus -> "+"
  | Minus -> "-"

// They answer the other literal.
spec literals (signs : List Sign) =
  tell_signs shown signs runs
    match signs
    | [] ->
    | sign :: rest ->
      World.tell (shown sign) => ()
      use literals rest
  returns ()

let tell_zeros (f : String -> Float) (xs : List String) : Unit ! {World} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! World.tell "\(f x)"
    tell_zeros (fun _ -> -0.0) rest

// 0.0 is another number than -0.0.
spec zeros (xs : List String) =
  tell_zeros (fun _ -> -0.0) xs runs
    match xs
    | [] ->
    | _ :: rest ->
      World.tell "-0.0" => ()
      use zeros rest
  returns ()
