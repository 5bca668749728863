import Console
import List
import Option
import String
import Task
import Time

/// Handles whose clauses hold values, left by faults, and by aborts that do not land for a release on their way faults.
effect Fail =
  fail : Int -> Never
  why : Int -> String -> Never
  many : Int -> Int -> Int -> Int -> String -> Never

/// Each clause holds something else.
let or_named (name : String) (items : List String) (c : Int ! {Fail | e}) : String ! e =
  let count = List.length items
  handle c with
  | ret n -> ret "\(name) \(n)"
  | Fail.fail n -> ret "\(name) failed \(n)"
  | Fail.why n why -> ret "\(String.join why items) \(n + count)"
  | Fail.many a _ _ d text -> ret "\(a) \(d) \(text) \(name) \(String.join "," items)"

/// One clause holds something, the others are static data.
let or_count (name : String) (items : List String) (c : Int ! {Fail | e}) : String ! e =
  let count = List.length items
  handle c with
  | ret n -> ret "\(n)"
  | Fail.fail n -> ret "\(n + count) of \(name)"
  | Fail.why _ why -> ret why
  | Fail.many _ _ _ _ text -> ret text

let waiting (time : Int) (n : Int) : Int ! {Fail, Time} =
  do! Time.sleep time
  if n == 5 then Fail.fail n else Fail.why n "\(n)"

let faulting (n : Int) : Int ! {Fail | e} = if n > 0 then ret (100 / (n - n)) else Fail.many 1 2 3 4 "five"

let show_end (result : Result String Task.Fault) : String =
  match result
  | Ok text -> text
  | Err fault -> fault.message

let say (texts : List String) : Unit ! {Console | e} = Console.print_line (String.join "; " texts)

/// The same list, in an order that is known at run time only.
let turned (args : List String) (handlers : List a) : List a = List.drop (List.length args) handlers

let choose_waiting (args : List String) : List (String -> List String -> Int ! {Fail, Time} -> String ! {Time}) = 
  turned args [or_named, or_count]

let isolated (handler : String -> List String -> Int ! {Fail, Time} -> String ! {Time}) : Unit ! {Console, Time} =
  let! ends = List.map_seq (fun n -> Task.isolate (handler "fault \(n)" ["f"] (faulting n))) [1, 0, 2, 0]
  say (List.map show_end ends)

/// An abort that does not land: a release on its way faults, and while the next one waits the task is cancelled.
let overtaken (n : Int) : Int ! {Fail, Time} =
  bracket (ret n) (fun _ -> Time.sleep 5) (fun _ -> bracket (ret n) (fun m -> faulty (m - m)) (fun m -> Fail.why m "overtaken \(m)"))

let faulty (n : Int) : Unit ! {} = if 1 / n == 0 then ret ()

let overtaking (handler : String -> List String -> Int ! {Fail, Time} -> String ! {Time}) : Unit ! {Console, Time} =
  let! cut = Task.timeout 1 (handler "overtaken" ["o", "\(1 + 1)"] (overtaken 5))
  let! landed = List.map_seq (fun n -> handler "landed" ["\(n)"] (waiting 1 n)) [6, 5]
  let! fault = Task.isolate (handler "isolated" ["i"] (overtaken 7))
  say (Option.with_default "cut" cut :: show_end fault :: landed)

let main (args : List String) : Unit ! {Console, Time} =
  do! List.iter_seq isolated (choose_waiting args)
  do! List.iter_seq overtaking (choose_waiting args)
  List.iter_seq isolated (choose_waiting args)
