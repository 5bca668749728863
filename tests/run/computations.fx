import Console
import List

// A computation is a value: made once, run as often as it is wanted, and nothing happens before.
let say (text : String) : Unit ! {Console} = Console.print_line text

let run_all (computations : List (Unit ! e)) : Unit ! e =
  match computations
  | [] -> ret ()
  | c :: rest ->
    do! c
    run_all rest

let times (n : Int) (c : Unit ! e) : Unit ! e =
  if n > 0 then
    do! c
    times (n - 1) c

let pair (a : a ! e) (b : b ! e) : (a, b) ! e =
  let! x = a
  let! y = b
  ret (x, y)

type Step = { name : String, run : Int -> Int ! {Console} }

let step (name : String) (f : Int -> Int) : Step =
  { name, run = fun n ->
      do! say "step \(name) on \(n)"
      ret (f n) }

let through (steps : List Step) (n : Int) : Int ! {Console} =
  match steps
  | [] -> ret n
  | first_step :: rest ->
    let! m = first_step.run n
    through rest m

let main (_ : List String) : Unit ! {Console} =
  let hello = say "hello"
  let unused = say "never said"
  do! times 2 hello
  do! run_all [say "a", times 2 (say "b"), ret ()]
  if List.is_empty [unused] then say "not reached" else
    let! (x, y) = pair (ret 1) (ret "one")
    do! say "\(x) \(y)"
    let! n : Int = through [step "double" (fun n -> n * 2), step "minus" (fun n -> n - 1)] 21
    do! if n > 100 then say "large"
    match! pair (ret n) hello
    | (41, ()) -> say "41"
    | _ -> say "wrong"
