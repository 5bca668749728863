// A recursive function that hands a function on unchanged is copied for a known one, which is then called by name or melts into the copy.
import Console

let apply_all (f : a -> b) (xs : List a) : List b =
  match xs with
  | [] -> []
  | x :: rest -> f x :: apply_all f rest

let each (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs with
  | [] -> ret ()
  | x :: rest ->
    do! f x
    each f rest

let main (args : List String) : Unit ! {Console} =
  let suffix = show args
  each (fun (text, n) -> Console.print_line (text ++ show (n : Int))) (apply_all (fun n -> (suffix, n + 1)) [1, 2])
