import Console
import Float
import List
import String
import Task
import Time

/// Aborts that leave calls: where the handle is known, nothing waits under it and no continuation is taken, they are jumps.
effect Fail =
  fail : String -> Never
  stop : Never
  between : Int -> Float -> String -> List Int -> Float -> Never

effect Found =
  found : Int -> Never

effect Ask =
  ask : Int -> Int
  refuse : String -> Never

effect Choose =
  choose : Bool

cell Seen : List String = []

let told (c : String ! {Fail | e}) : String ! e =
  handle c with
  | ret text -> ret "ok \(text)"
  | Fail.fail why -> ret "failed: \(why)"
  | Fail.stop -> ret "stopped"
  | Fail.between n x text numbers y -> ret "\(n) \(x) \(text) \(show numbers) \(y)"

/// Nothing is held over the call.
let product (numbers : List Int) : Int ! {Found} =
  match numbers
  | [] -> ret 1
  | n :: rest ->
    if n == 0 then Found.found 0
    else
      let! m = product rest
      ret (n * m)

let early (numbers : List Int) : Int ! e =
  handle product numbers with
  | Found.found n -> ret (n - 1)

/// Text, lists and records are held over the calls, some of them twice; a list is shared with who called.
type Pair = { left : String, right : List String }

let checked (n : Int) (shared : List String) : Pair ! {Fail} =
  if n == 0 then Fail.fail (String.join "," shared)
  else if n > 100 then ret { left = "", right = shared }
  else
    let name = "level \(n)"
    let! below = checked (n - 1) (name :: shared)
    ret { left = name ++ below.left, right = name :: name :: below.right }

let paired (pairs : List (Int, String)) : List (String, Int) ! {Fail} =
  match pairs
  | [] -> ret []
  | (n, text) :: rest ->
    if n < 0 then Fail.fail text
    else
      let! others = paired rest
      ret ((text ++ show (List.length others), n) :: others)

/// From within functions of the library, which are copied for the function that they are given.
let positive (n : Int) : String ! {Fail} = if n > 0 then ret "+\(n)" else Fail.fail "\(n) is not positive"

let all_positive (numbers : List Int) : String ! {Fail} =
  let! texts = List.map_seq positive numbers
  ret (String.join " " texts)

/// One calls the other, and what is held is of all kinds.
let even (n : Int) (weight : Float) (text : String) : Float ! {Fail} =
  if n == 0 then (if weight > 6.0 then Fail.between n weight text [n, n + 1] 0.5 else ret weight)
  else
    let! below = odd (n - 1) (weight + 1.0) (text ++ "e")
    ret (below * weight + Float.of_int (String.length text))

let odd (n : Int) (weight : Float) (text : String) : Float ! {Fail} =
  if n == 0 then Fail.stop
  else
    let! below = even (n - 1) (weight + 0.5) (text ++ "o")
    ret (below - weight - Float.of_int (String.length text))

let told_float (n : Int) : String ! {} =
  told
    (
      let! x = even n 1.0 ""
      ret "\(x)"
    )

/// The clause and the return function capture what is around the handle; the handle is within the recursion that it handles.
let nested (n : Int) (names : List String) : String ! {Fail} =
  if n == 0 then Fail.fail (String.join "+" names)
  else
    let name = show n
    let! below = handle nested (n - 1) (name :: names) with
      | ret text -> ret (text ++ name)
      | Fail.fail why -> if n % 3 == 0 then Fail.fail (why ++ name) else ret (why ++ "<" ++ name ++ show (List.length names))
      | Fail.stop -> ret name
      | Fail.between _ _ text _ _ -> ret text
    if n == 4 then Fail.fail (below ++ "!") else ret (below ++ "." ++ name)

/// A handle is met again under itself: it has its own aborts, and those after it are for the one around.
let again (n : Int) : String ! {} = told (within n "")

let within (n : Int) (text : String) : String ! {Fail} =
  if n <= 0 then (if n < 0 then ret "<" else Fail.fail text)
  else
    let! inner = again (n - 1)
    let! rest = within (n - 2) (text ++ inner)
    ret (rest ++ inner)

/// Twice the same effect: each abort ends the innermost handle.
let twice (n : Int) : String ! {} =
  told
    (
      let! inner = told
        (
          let! pair = checked n []
          ret pair.left
        )
      let! other = paired [(n, inner), (n - 2, "outer " ++ inner), (3, "never")]
      ret (show other)
    )

/// Two effects at once: one handle stands in the other.
let both (n : Int) (text : String) : String ! {Fail, Found} =
  if n == 0 then Fail.fail text
  else if n == 10 then Found.found (String.length text)
  else
    let! below = both (n - 1) (text ++ show n)
    ret (below ++ text)

let by_both (n : Int) : String ! {} =
  told
    (
      handle both n "x" with
      | ret text -> ret (text ++ "?")
      | Found.found n -> ret "found \(n)"
    )

/// A plain clause beside one that ends the handle.
let count_down (n : Int) (text : String) : Int ! {Ask} =
  if n == 0 then Ask.refuse text
  else
    let! more = Ask.ask n
    if more > 99 then ret more
    else
      let! below = count_down (n - 1) (text ++ show more)
      ret (below + more)

let asked (bonus : List Int) (n : Int) : (Int, String) ! {} =
  handle count_down n "" with
  | ret total -> ret (total + List.length bonus, "total")
  | Ask.ask k -> ret (k * 10 + List.length bonus)
  | Ask.refuse text -> ret (List.length bonus, text)

/// The same functions under a handle that is chosen when the program runs, and under one that may wait.
let shout (c : String ! {Fail}) : String ! {} =
  handle c with
  | Fail.fail why -> ret (why ++ "!")
  | Fail.stop -> ret "STOP"
  | Fail.between _ _ _ _ _ -> ret "between"

let whisper (c : String ! {Fail}) : String ! {} =
  handle c with
  | Fail.fail why -> ret "(\(why))"
  | Fail.stop -> ret "stop"
  | Fail.between _ _ _ _ _ -> ret "between"

let chosen (loud : Bool) (n : Int) : String ! {} =
  let listen = if loud then shout else whisper
  listen
    (
      let! pair = checked n ["chosen"]
      ret pair.left
    )

let slowly (n : Int) : String ! {Console, Time} =
  told
    (
      do! Time.sleep 1
      let! pair = checked n ["slow"]
      do! Console.print_line "not reached by 3"
      ret pair.left
    )

/// Within what a bracket does and gives back, within branches, and within the function of a map of tasks.
let in_bracket (n : Int) : String ! {Console} =
  bracket (Console.print_line "begin \(n)")
    (fun _ ->
      let! end = told (all_positive [n, 0])
      Console.print_line "end \(n) \(end)")
    (fun _ -> told (all_positive [n, n - 2, n + 1]))

let out_of_bracket (n : Int) : String ! {Console} =
  told
    (
      bracket (Console.print_line "open \(n)") (fun _ -> Console.print_line "close \(n)") (fun _ -> all_positive [n, n - 2])
    )

let branch (n : Int) : String ! {Time} =
  do! Time.sleep 1
  told (all_positive [n, n - 2])

/// Under a handler with control clauses, whose continuation is resumed twice; and with one under the handle.
let each (c : a ! {Choose | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Choose.choose resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let choosing : String ! {Choose} =
  let! first = Choose.choose
  let! text = told (all_positive [if first then 1 else 0, 5])
  let! second = Choose.choose
  let! other = told (all_positive [7, if second then 1 else 0])
  ret (text ++ "/" ++ other)

let choices (n : Int) : List String ! {Fail} =
  let! texts = each
    (
      let! first = Choose.choose
      ret (if first then "yes" else "no")
    )
  if n == 0 then Fail.fail (String.join " " texts)
  else
    let! below = choices (n - 1)
    ret (texts ++ below)

/// A deep recursion is left at once.
let deep (n : Int) (text : String) : Int ! {Fail} =
  if n == 0 then Fail.fail text
  else
    let! below = deep (n - 1) text
    ret (below + String.length text)

let depth (n : Int) : String ! {} =
  told
    (
      let! m = deep n "far \(n)"
      ret (show m)
    )

/// A fault under the handle is no abort, and the next abort ends the next handle.
let dividing (n : Int) (texts : List String) : Int ! {Fail} =
  if n == 0 then Fail.fail "zero"
  else
    let text = show n
    let! below = dividing (n - 1) (text :: texts)
    ret (below + List.length texts)

let faulty (n : Int) (texts : List String) : Int ! {Fail} =
  if n == 0 then (if List.length texts > 100 then Fail.fail "long" else ret (1 / n))
  else
    let text = show n
    let! below = faulty (n - 1) (text :: texts)
    ret (below + String.length text)

let isolated (n : Int) : String ! {} =
  match! Task.isolate (told (let! k = faulty n [] in ret (show k)))
  | Ok text -> ret text
  | Err bug -> told (let! k = dividing n ["after"] in ret (show k ++ show bug))

let repeat (n : Int) (sum : Int) : Int ! {} =
  if n == 0 then ret sum
  else
    let! m = early [n, 2, n % 3, 5]
    repeat (n - 1) (sum + m)

let main (_ : List String) : Unit ! {Console, Time} =
  let! n = early [2, 3, 4]
  let! m = early [2, 3, 0, 4]
  do! Console.print_line "\(n) \(m)"
  let! texts = List.map_seq (fun n -> told (let! pair = checked n ["top"] in ret (pair.left ++ show pair.right))) [0, 2, 101]
  do! List.iter_seq Console.print_line texts
  let! texts = List.map_seq (fun n -> told (let! list = paired [(1, "a"), (n, "b"), (3, "c")] in ret (show list))) [2, 0 - 2]
  do! List.iter_seq Console.print_line texts
  let! texts = List.map_seq (fun numbers -> told (all_positive numbers)) [[1, 2], [1, 0], []]
  do! List.iter_seq Console.print_line texts
  let! texts = List.map_seq told_float [0, 1, 2, 3, 8]
  do! List.iter_seq Console.print_line texts
  let! texts = List.map_seq (fun n -> told (nested n [])) [0, 1, 2, 3, 4, 5, 7]
  do! List.iter_seq Console.print_line texts
  let! texts = List.map_seq again [0, 1, 2, 3, 4]
  do! List.iter_seq Console.print_line texts
  let! texts = List.map_seq twice [0, 1, 2, 3]
  do! List.iter_seq Console.print_line texts
  let! texts = List.map_seq by_both [0, 3, 12]
  do! List.iter_seq Console.print_line texts
  let! pairs = List.map_seq (fun n -> asked [n, n] n) [0, 4, 12]
  do! Console.print_line (show pairs)
  let! loud = chosen True 2
  let! quiet = chosen False 2
  do! Console.print_line "\(loud) \(quiet)"
  let! slow = slowly 3
  do! Console.print_line slow
  let! slow = slowly 101
  do! Console.print_line slow
  let! text = in_bracket 2
  do! Console.print_line text
  let! text = out_of_bracket 2
  do! Console.print_line text
  let! text = join (branch 1) (branch 3)
  do! Console.print_line (show text)
  let! text = first (branch 1) (let! _ = Time.sleep 60000 in branch 3)
  do! Console.print_line (show text)
  let! texts = List.map_par branch [1, 2, 3]
  do! Console.print_line (show texts)
  let! texts = each choosing
  do! Console.print_line (show texts)
  let! text = told (let! texts = choices 3 in ret (show texts))
  do! Console.print_line text
  let! text = depth 100000
  do! Console.print_line text
  let! text = isolated 3
  do! Console.print_line text
  let! n = repeat 1000 0
  Console.print_line "\(n)"
