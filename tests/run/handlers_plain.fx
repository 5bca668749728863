import Console
import List
import Map
import Time

/// Plain clauses, what may be around them, and handlers as values.
effect Store k v =
  get : k -> Option v
  put : k -> v -> Unit
  size : Int

effect Ask =
  ask : Int

effect Tell =
  tell : String -> Unit

effect Fail e =
  raise : e -> Never

/// Parameters of the effect are found from its use.
let in_map (table : Map k v) (c : a ! {Store k v | e}) : a ! e =
  handle c with
  | Store.get key -> ret (Map.get key table)
  | Store.put _ _ -> ret ()
  | Store.size -> ret (Map.size table)

let ask_always (n : Int) (c : a ! {Ask | e}) : a ! e =
  handle c with
  | Ask.ask -> ret n

/// A clause may perform the effect that its own handler handles: it goes outward.
let one_more (c : a ! {Ask | e}) : a ! {Ask | e} =
  handle c with
  | Ask.ask ->
    let! n = Ask.ask
    ret (n + 1)

let printed (c : a ! {Tell | e}) : a ! {Console | e} =
  handle c with
  | Tell.tell text -> Console.print_line text

let shouted (c : a ! {Tell | e}) : a ! {Tell | e} =
  handle c with
  | Tell.tell text ->
    do! Tell.tell (text ++ "!")
    Tell.tell "(\(text))"

let blame (c : a ! {Fail String | e}) : a ! {Fail String | e} =
  handle c with
  | Fail.raise text -> Fail.raise ("blamed: " ++ text)

let to_result (c : a ! {Fail e | r}) : Result a e ! r =
  handle c with
  | ret x -> ret (Ok x)
  | Fail.raise e -> ret (Err e)

/// Handled within, and wanted outside too.
let half_inside : (Int, Int) ! {Ask} =
  let! inside = ask_always 1 Ask.ask
  let! outside = Ask.ask
  ret (inside, outside)

/// Deep: what the computation calls is handled as well, by whatever way it got there.
let twice (f : Int -> a ! e) : (a, a) ! e =
  let! x = f 1
  let! y = f 2
  ret (x, y)

let telling (n : Int) : Int ! {Ask, Tell} =
  let! asked = Ask.ask
  do! Tell.tell "\(n) and \(asked)"
  ret (n + asked)

/// A handler is a function: stored in data, chosen, composed, given to another one.
type Named e = { name : String, handler : Int ! {Ask | e} -> Int ! e }

let handlers : List (Named e) =
  [{ name = "one", handler = ask_always 1 }, { name = "more", handler = fun c -> ask_always 10 (one_more (one_more c)) }]

let by_each (c : Int ! {Ask, Console}) : Unit ! {Console} =
  List.iter_seq (fun named -> let! n = named.handler c in Console.print_line "\(named.name): \(n)") handlers

let sum_of (n : Int) : Int ! {Ask} =
  if n == 0 then ret 0
  else
    let! x = Ask.ask
    let! rest = sum_of (n - 1)
    ret (x + rest)

/// The clause waits, and the computation goes on behind it.
let slowly (c : a ! {Ask, Time | e}) : a ! {Time | e} =
  handle c with
  | ret x ->
    do! Time.sleep 1
    ret x
  | Ask.ask ->
    do! Time.sleep 1
    ret 7

let stored : (Option String, Option String, Int) ! {Store Int String} =
  let! a = Store.get 1
  do! Store.put 1 "x"
  let! b = Store.get 2
  let! n = Store.size
  ret (a, b, n)

let two_stores : (Option Int, Int) ! {Store String Int} =
  let! a = Store.get "a"
  let! n = Store.size
  ret (a, n)

/// The result of the handle is not of the type of what is handled.
let counted (c : a ! {Tell | e}) : (a, String) ! e =
  handle c with
  | ret x -> ret (x, "done")
  | Tell.tell _ -> ret ()

let print_number (c : Int ! {Console}) : Unit ! {Console} =
  let! n = c
  Console.print_line "\(n)"

let main (_ : List String) : Unit ! {Console, Time} =
  do! print_number (ask_always 5 (sum_of 3))
  do! print_number (ask_always 5 (one_more (one_more (sum_of 3))))
  let! pair = ask_always 2 half_inside
  do! Console.print_line (show pair)
  let! pair = printed (ask_always 40 (twice telling))
  do! Console.print_line (show pair)
  let! _ = printed (shouted (shouted (Tell.tell "hey")))
  let! pair = counted (ask_always 0 (twice telling))
  do! Console.print_line (show pair)
  do! by_each (sum_of 2)
  let! n = slowly (sum_of 4)
  do! Console.print_line "\(n)"
  let! stored = in_map (Map.from_list [(1, "one"), (3, "three")]) stored
  do! Console.print_line (show stored)
  let! stored = in_map (Map.from_list [("a", 1)]) two_stores
  do! Console.print_line (show stored)
  let! both = in_map (Map.from_list [("b", 1.5)]) (in_map_of_maps (Store.get 1))
  do! Console.print_line (show both)
  let! failed = to_result (blame (blame (Fail.raise "it")))
  do! Console.print_line (show (failed : Result Unit String))
  let! fine = to_result (blame (ret 1))
  do! Console.print_line (show fine)
  let! joined = ask_always 3 (join (sum_of 2) (one_more (sum_of 2)))
  do! Console.print_line (show joined)
  let! won = slowly (first (sum_of 10_000) (sum_of 2))
  Console.print_line (show won)

/// The same effect with other parameters around it: one row never holds both.
let in_map_of_maps (c : Option String ! {Store Int String}) : Option String ! e = in_map (Map.from_list [(1, "inner")]) c
