import Console

import Map

effect Amb =
  flip : Bool

effect Store =
  get : String -> Option String
  put : String -> String -> Unit
  clear : Unit

effect State s =
  read : s
  write : s -> Unit

effect Fail e =
  raise : e -> Never

let choices (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let in_memory (table : Map String String) (c : a ! {Store | e}) : a ! e =
  handle c with
  | Store.get key -> ret (Map.get key table)
  | Store.put _ _ -> ret ()
  | Store.clear -> ret ()

let run_state (start : s) (c : a ! {State s | e}) : (a, s) ! e =
  let! f =
    handle c with
    | ret x -> ret (fun s -> ret (x, s))
    | ctl State.read resume -> ret (fun s -> let! k = resume s in k s)
    | ctl State.write s resume -> ret (fun _ -> let! k = resume () in k s)
  f start

let to_result (c : a ! {Fail e | r}) : Result a e ! r =
  handle c with
  | ret x -> ret (Ok x)
  | Fail.raise e -> ret (Err e)

let blame (c : a ! {Fail String | e}) : a ! {Fail String | e} =
  handle c with
  | Fail.raise text -> Fail.raise (text ++ "!")

let triple : (Bool, Bool, Bool) ! {Amb} =
  let! a = Amb.flip
  let! b = Amb.flip
  let! c = Amb.flip
  ret (a, b, c)

let count (n : Int) : Int ! {State Int} =
  if n == 0 then State.read
  else
    let! s = State.read
    do! State.write (s + n)
    count (n - 1)

let safe_divide (a : Int) (b : Int) : Int ! {Fail String} =
  if b == 0 then Fail.raise "division by zero" else ret (a / b)

let main (args : List String) : Unit ! {Console} =
  let! all = choices triple
  do! Console.print_line (show all)
  let! v = in_memory (Map.from_list [("a", "1")]) (Store.get "a")
  do! Console.print_line (show v)
  let! r = run_state 0 (count 100)
  do! Console.print_line (show r)
  let! d = to_result (safe_divide 1 0)
  do! Console.print_line (show d)
  let! d = to_result (blame (safe_divide 1 0))
  do! Console.print_line (show d)
  let! d = to_result (join (safe_divide 8 2) (safe_divide 3 0))
  do! Console.print_line (show d)
  let! d = to_result (bracket (Console.print_line "acquire") (fun _ -> Console.print_line "release") (fun _ -> safe_divide 1 0))
  do! Console.print_line (show d)
  let! all = choices (join Amb.flip Amb.flip)
  do! Console.print_line (show all)
  ret ()
