import Console
import List
import String

/// Handlers that are known where they handle known computations: what they handle is compiled for them.
effect Choose =
  choose : Bool

effect Fail =
  fail : String -> Never

effect Give =
  give : Int -> Unit

effect State =
  get : Int
  put : Int -> Unit

effect Measure =
  measure : Float -> Float

cell Log : String = ""

let note (text : String) : Unit ! {Log} = Log.update (fun log -> log ++ text)

let all (c : a ! {Choose | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Choose.choose resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

/// Loops and labels that are met again from within a continuation; values of all kinds live across an operation.
let word (n : Int) (start : String) (weight : Float) : (String, Float) ! {Choose} =
  if n == 0 then ret (start, weight)
  else
    let! upper = Choose.choose
    let letter = if upper then "A" else "b"
    let heavier = if upper then weight * 2.0 else weight + 0.5
    word (n - 1) (start ++ letter) heavier

/// One calls the other, not only at the end.
let even (n : Int) : List Int ! {Choose} =
  if n <= 0 then ret []
  else
    let! below = odd (n - 1)
    let! keep = Choose.choose
    ret (if keep then n :: below else below)

let odd (n : Int) : List Int ! {Choose} =
  if n <= 0 then ret [0]
  else
    let! below = even (n - 1)
    ret (n * 10 :: below)

/// The clauses capture what is around the handle, and the handle's answer is not that of the computation.
let scored (bonus : Int) (label : String) (c : Int ! {Choose, Fail | e}) : String ! e =
  let! found = handle (failing label c) with
    | ret x -> ret [x + bonus]
    | ctl Choose.choose resume ->
      let! left = resume True
      if List.length left > bonus then ret left
      else
        let! right = resume (bonus > 3)
        ret (left ++ [bonus] ++ right)
  ret (label ++ show found)

let failing (label : String) (c : Int ! {Fail | e}) : Int ! e =
  handle c with
  | Fail.fail why -> ret (String.length (why ++ label))

let search (n : Int) : Int ! {Choose, Fail} =
  let! first = Choose.choose
  if n == 0 then (if first then Fail.fail "end" else ret 7)
  else
    let! below = if first then search (n - 1) else ret n
    if below > 100 then Fail.fail "large" else ret (below * 3)

/// A continuation that is kept and run later, and one that is dropped.
type Stream e = Empty | Next Int (Unit -> Stream e ! e)

let stream (c : Unit ! {Give | e}) : Stream e ! e =
  handle c with
  | ret () -> ret Empty
  | ctl Give.give n resume -> ret (Next n resume)

let count_from (n : Int) : Unit ! {Give, Log} =
  do! Give.give n
  do! note "."
  count_from (n + 1)

let take (n : Int) (s : Stream e) : List Int ! e =
  match s
  | Empty -> ret []
  | Next first rest ->
    if n == 0 then ret []
    else
      let! next = rest ()
      let! others = take (n - 1) next
      ret (first :: others)

/// A state that is passed through functions which the clauses answer.
let with_state (start : Int) (c : a ! {State | e}) : (a, Int) ! e =
  let! run = handle c with
    | ret x -> ret (fun s -> ret (x, s))
    | ctl State.get resume -> ret (fun s ->
        let! next = resume s
        next s)
    | ctl State.put s resume -> ret (fun _ ->
        let! next = resume ()
        next s)
  run start

let count_down : Int ! {State} =
  let! n = State.get
  if n <= 0 then ret n
  else
    do! State.put (n - 1)
    count_down

/// One clause resumes, one goes on by itself, one ends the handle.
effect Task_like =
  ask : Int -> Int
  plain : Int -> Int
  stop : Int -> Never

let mixed (c : Int ! {Task_like, Log | e}) : Int ! {Log | e} =
  handle c with
  | ret x -> ret (x + 1)
  | ctl Task_like.ask n resume ->
    do! note "ask "
    let! x = resume (n * 2)
    do! note "asked "
    ret (x + 1000)
  | Task_like.plain n ->
    do! note "plain "
    ret (n + 5)
  | Task_like.stop n ->
    do! note "stop "
    ret (0 - n)

let work (n : Int) : Int ! {Task_like, Log} =
  let! a = Task_like.plain n
  let! b = Task_like.ask a
  do! note "\(b) "
  if b > 40 then Task_like.stop b
  else if b > 20 then ret b
  else
    let! c = work b
    ret (c + 1)

/// By code that is polymorphic in its effects.
let each (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! f x
    each f rest

let sum_given (c : Unit ! {Give | e}) : Int ! e =
  handle c with
  | ret () -> ret 0
  | ctl Give.give n resume ->
    let! rest = resume ()
    ret (n + rest)

/// Only plain clauses, in a loop, and within each other.
let doubled (c : a ! {Give | e}) : a ! {Give | e} =
  handle c with
  | Give.give n -> Give.give (n * 2)

let logged (c : a ! {Give, Log | e}) : a ! {Log | e} =
  handle c with
  | Give.give n -> note "\(n) "

let give_down (n : Int) : Unit ! {Give} =
  if n == 0 then ret ()
  else
    do! Give.give n
    give_down (n - 1)

let scaled (factor : Float) (c : Float ! {Measure | e}) : Float ! e =
  handle c with
  | ctl Measure.measure x resume ->
    let! once = resume (x * factor)
    let! again = resume (x + factor)
    ret (once + again)

let area : Float ! {Measure} =
  let! width = Measure.measure 1.5
  let! height = Measure.measure 2.0
  ret (width * height)

/// An outer handler's operations among those of an inner one.
let pairs : (Int, Int) ! {Choose, State} =
  let! a = Choose.choose
  let! n = State.get
  do! State.put (n + 1)
  let! b = Choose.choose
  let! m = State.get
  ret (if a then n else 0 - n, if b then m else 0 - m)

/// The handle ends at once: nothing that follows is run.
let first_of (c : a ! {Choose | e}) : Option a ! e =
  handle c with
  | ret x -> ret (Some x)
  | ctl Choose.choose _ -> ret None

let main (_ : List String) : Unit ! {Console, Log} =
  let! words = all (word 3 "-" 1.0)
  do! Console.print_line (show words)
  let! lists = all (even 3)
  do! Console.print_line (show lists)
  let! one = scored 2 "two " (search 2)
  let! other = scored 5 "five " (search 3)
  do! Console.print_line (one ++ "; " ++ other)
  let! s = stream (count_from 3)
  let! some = take 4 s
  let! again = take 2 s
  let! log = Log.get
  do! Console.print_line (show (some, again, log))
  let! counted = with_state 100_000 count_down
  do! Console.print_line (show counted)
  do! Log.set ""
  let! x = mixed (work 1)
  let! y = mixed (work 40)
  let! log = Log.get
  do! Console.print_line (show (x, y, log))
  let! sum = sum_given (each Give.give (List.range 1 1000))
  do! Console.print_line (show sum)
  do! Log.set ""
  do! logged (doubled (doubled (give_down 3)))
  let! log = Log.get
  do! Console.print_line log
  let! measured = scaled 3.0 area
  do! Console.print_line (show measured)
  let! states = with_state 1 (all pairs)
  let! state = all (with_state 1 pairs)
  do! Console.print_line (show (states, state))
  let! none = first_of (even 5)
  let! some = first_of (ret 3)
  Console.print_line (show (none, some))
