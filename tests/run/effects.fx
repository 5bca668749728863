import Console
import List
import Time

// The same functions with computations that wait and with ones that do not.
alias Shown = {Console}

let for_each (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! f x
    for_each f rest

let map_twice (f : a -> b ! e) (x : a) : (b, b) ! e =
  let! first_one = f x
  let! second_one = f x
  ret (first_one, second_one)

let say (text : String) : Unit ! Shown = Console.print_line text

let slow_say (text : String) : Unit ! {Shown, Time} =
  do! Time.sleep 0
  say text

let double (n : Int) : Int ! e = ret (n * 2)

let slow_double (n : Int) : Int ! {Time | e} =
  do! Time.sleep 0
  ret (n * 2)

let compute (fast : Bool) : Int -> Int ! {Time} = if fast then double else slow_double

let main (_ : List String) : Unit ! {Console, Time} =
  do! for_each say ["a", "b"]
  do! for_each slow_say ["c", "d"]
  let! (x, y) = map_twice double 1
  let! (z, w) = map_twice slow_double 2
  let! p = compute True 3
  let! q = compute False 4
  do! say (show [x, y, z, w, p, q])
  for_each (fun f -> let! n = f 5 in say "\(n)") [compute True, compute False]
