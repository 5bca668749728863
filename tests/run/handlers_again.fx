import Console
import Int
import List
import Option
import String
import Task
import Time

/// A handle that begins as the last one did, in all ways in which that may have ended. The handlers are chosen at run time, for one that is known
/// is compiled away.
effect Fail =
  fail : Int -> Never
  why : Int -> Int -> Int -> Never
  many : Int -> Int -> Int -> Int -> String -> Never

effect Other =
  stop : Int -> Never
  ask : Int -> Int

let or_answer (c : Int ! {Fail | e}) : Int ! e =
  handle c with
  | Fail.fail n -> ret n
  | Fail.why a b c -> ret (a * 100 + b * 10 + c)
  | Fail.many a b c d text -> ret (List.length [a, b, c, d] + List.length [text])

let or_twice (c : Int ! {Fail | e}) : Int ! e =
  handle c with
  | ret n -> ret (n + 1000)
  | Fail.fail n -> ret (n + n)
  | Fail.why a _ _ -> ret a
  | Fail.many _ _ _ d _ -> ret d

let fail_if (limit : Int) (n : Int) : Int ! {Fail | e} = if n >= limit then Fail.fail n else ret (n + 10)

/// In each other, one of which is the same again.
let nested (handler : Int ! {Fail} -> Int ! {}) (n : Int) : Int ! {Fail} =
  let! inner = handler (fail_if 2 n)
  if inner == 3 then Fail.why 1 inner n else ret inner

/// While a clause runs, in the environment around its handle, the same handler begins; and in the middle of all that.
let asking (handler : Int ! {Fail} -> Int ! {}) : Int ! {Other} =
  let! a = Other.ask 1
  let! b = handler (fail_if 0 a)
  let! c = Other.ask b
  Other.stop (c + 1)

let or_stopped (handler : Int ! {Fail} -> Int ! {}) (c : Int ! {Other}) : Int ! {} =
  handle c with
  | Other.stop n -> handler (fail_if 0 (n + 7))
  | Other.ask n -> handler (fail_if 0 (n + 1))

/// It waits within, and the same handler ends meanwhile elsewhere.
let waiting (time : Int) (n : Int) : Int ! {Fail, Time} =
  do! Time.sleep time
  fail_if 5 n

let faulting (n : Int) : Int ! {Fail | e} = if n > 0 then ret (100 / (n - n)) else Fail.many 1 2 3 4 "five"

let report (what : String) (numbers : List Int) : Unit ! {Console | e} =
  let texts = List.map Int.to_string numbers
  Console.print_line "\(what): \(String.join " " texts)"

let show_end (result : Result Int Task.Fault) : String =
  match result
  | Ok n -> "\(n)"
  | Err fault -> fault.message

/// The same list, in an order that is known at run time only.
let turned (args : List String) (handlers : List a) : List a = List.drop (List.length args) handlers

let choose (args : List String) : List (Int ! {Fail} -> Int ! {}) = turned args [or_answer, or_twice]
let choose_waiting (args : List String) : List (Int ! {Fail, Time} -> Int ! {Time}) = turned args [or_answer, or_twice]

let at_once (handlers : List (Int ! {Fail} -> Int ! {})) (handler : Int ! {Fail} -> Int ! {}) : Unit ! {Console} =
  let! one = List.map_seq (fun n -> handler (fail_if 2 n)) [1, 2, 3, 1]
  do! report "aborted and not" one
  let! both = List.map_seq (fun n -> List.map_seq (fun h -> h (fail_if 2 n)) handlers) [1, 2, 3]
  do! report "in turns" (List.concat both)
  let! inside = List.map_seq (fun n -> handler (nested handler n)) [1, 2, 3]
  do! report "in each other" inside
  let! asked = List.map_seq (fun h -> or_stopped h (asking h)) (handlers ++ handlers)
  do! report "in a clause" asked
  let! ends = List.map_seq (fun _ -> handler (Fail.many 1 2 3 4 "five")) [1, 2]
  report "many arguments" ends

let while_waiting (handler : Int ! {Fail, Time} -> Int ! {Time}) : Unit ! {Console, Time} =
  let! (left, right) = join (handler (waiting 20 4)) (handler (waiting 1 6))
  do! report "waiting" [left, right]
  let! again = List.map_par (fun n -> handler (waiting (30 - n) n)) [4, 5, 6, 7]
  do! report "many wait" again
  let! cut = Task.timeout 1 (handler (waiting 10_000 4))
  do! report "cut short" [Option.with_default 0 cut]
  let! faults = List.map_seq (fun n -> Task.isolate (handler (faulting n))) [1, 0, 2, 0]
  let ends = List.map show_end faults
  Console.print_line (String.join ", " ends)

/// An abort that does not land: a release on its way faults, and while the next one waits the task is cancelled.
let overtaken (n : Int) : Int ! {Fail, Time} =
  bracket (ret n) (fun _ -> Time.sleep 5) (fun _ -> bracket (ret n) (fun m -> faulty (m - m)) (fun m -> Fail.fail m))

let faulty (n : Int) : Unit ! {} = if 1 / n == 0 then ret ()

let overtaking (handler : Int ! {Fail, Time} -> Int ! {Time}) : Unit ! {Console, Time} =
  let! cut = Task.timeout 1 (handler (overtaken 5))
  let! landed = List.map_seq (fun n -> handler (waiting 1 n)) [6, 7]
  report "overtaken" (Option.with_default 0 cut :: landed)

let main (args : List String) : Unit ! {Console, Time} =
  do! List.iter_seq (fun handler -> at_once (choose args) handler) (choose args)
  do! List.iter_seq while_waiting (choose_waiting args)
  do! List.iter_seq overtaking (choose_waiting args)
  List.iter_seq (fun handler -> at_once (choose args) handler) (choose args)
