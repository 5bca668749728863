import Console
import Int
import List
import Option
import String
import Task
import Time

/// Handles whose clauses hold values, counted ones too, other ones each time that they begin; in all ways in which they may end. The handlers are
/// chosen at run time, for one that is known is compiled away.
effect Fail =
  fail : Int -> Never
  why : Int -> String -> Never
  many : Int -> Int -> Int -> Int -> String -> Never

effect Other =
  stop : Int -> Never
  ask : Int -> Int

effect Pause =
  pause : Int -> String
  leave : String -> Never

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

/// Each holds something, but not what an answer becomes.
let or_text (name : String) (items : List String) (c : Int ! {Fail | e}) : String ! e =
  handle c with
  | ret n -> ret "\(n)?"
  | Fail.fail n -> ret "\(n) \(name)"
  | Fail.why _ why -> ret "\(name) \(String.join why items)"
  | Fail.many a _ _ _ _ -> ret "\(a) \(String.join "," items)"

/// None holds anything.
let or_nothing (_ : String) (_ : List String) (c : Int ! {Fail | e}) : String ! e =
  handle c with
  | ret n -> ret "\(n)!"
  | Fail.fail n -> ret "failed \(n)"
  | Fail.why n why -> ret "\(n) \(why)"
  | Fail.many a _ c _ text -> ret "\(a) \(c) \(text)"

/// One handle's clauses hold functions that begin another handle: whose turn it is, is not known.
let or_else (other : String -> List String -> Int ! {Fail} -> String ! {}) (items : List String) (c : Int ! {Fail}) : String ! {} =
  handle c with
  | ret n -> ret "else \(n)"
  | Fail.fail n -> other "else" items (fail_if "inner" 0 n)
  | Fail.why n why -> other why items (Fail.fail n)
  | Fail.many _ _ _ d text -> other text items (Fail.why d text)

let fail_if (why : String) (limit : Int) (n : Int) : Int ! {Fail | e} =
  if n == limit then Fail.fail n else if n == limit + 1 then Fail.why n why else if n > limit then Fail.many n 2 3 4 why else ret (n + 10)

/// In itself, so many times; each second one is left by a failure.
let nested (handler : String -> List String -> Int ! {Fail} -> String ! {}) (n : Int) : Int ! {Fail} =
  if n == 0 then Fail.why n "-"
  else
    let! inner = handler "level \(n)" ["a", "\(n)"] (nested handler (n - 1))
    if Int.modulo n 2 == 0 then Fail.fail (String.length inner) else ret (String.length inner)

let or_stopped (name : String) (handler : String -> List String -> Int ! {Fail} -> String ! {}) (c : String ! {Other}) : String ! {} =
  handle c with
  | Other.stop n -> handler name [name, "stopped"] (fail_if name 0 (n + 1))
  | Other.ask n ->
    let! text = handler "\(name)\(n)" [name] (fail_if name 5 n)
    ret (String.length text)

/// While a clause runs, in the environment around its handle, the same handler begins; and in the middle of all that.
let asking (handler : String -> List String -> Int ! {Fail} -> String ! {}) : String ! {Other} =
  let! a = Other.ask 5
  let! b = handler "asked \(a)" ["x", "\(a)"] (fail_if "b" 0 1)
  let! _ = Other.ask (String.length b)
  Other.stop a

/// What is put aside is resumed as often as the string is long that the clause holds.
let resumed (name : String) (c : List String ! {Pause | e}) : List String ! e =
  handle c with
  | ret xs -> ret ("end of \(name)" :: xs)
  | Pause.leave why -> ret ["\(name) left \(why)"]
  | ctl Pause.pause n resume ->
    let! results = List.map_seq (fun i -> resume "\(name)\(n)\(i)") (List.range 1 (String.length name))
    ret (List.concat results)

let pausing (n : Int) : List String ! {Pause | e} =
  let! a = Pause.pause n
  let! b = Pause.pause (n + 1)
  if String.ends_with "2" b then Pause.leave "\(a) \(b)" else ret [a, b]

/// The clause holds what is put aside, whose release begins such a handle too; as a value of the handle that has gone, it is dropped.
let holding (handler : String -> List String -> Int ! {Fail | e} -> String ! e) (n : Int) (c : String ! {Pause | e}) : String ! e =
  handle c with
  | Pause.leave why -> ret why
  | ctl Pause.pause m resume ->
    let! ended = handler_of resume (fail_if "held" n m)
    handler ended ["after"] (fail_if "last" n n)

let handler_of (resume : String -> String ! e) (c : Int ! {Fail | e}) : String ! e =
  handle c with
  | ret n -> ret "never resumed \(n)"
  | Fail.fail n -> resume "failed \(n)"
  | Fail.why n why -> ret "\(n) \(why)"
  | Fail.many _ _ _ _ text -> resume text

let released (handler : String -> List String -> Int ! {Fail, Console} -> String ! {Console}) (n : Int) : String ! {Pause, Console} =
  bracket (ret "bracket \(n)")
    (fun name ->
      let! text = handler name ["released"] (fail_if name 0 n)
      Console.print_line text)
    (fun name ->
      let! said = Pause.pause n
      ret "\(name) \(said)")

/// An effect within another one, of which there may be more than one.
let or_asked (text : String) (c : List String ! {Other, Pause}) : List String ! {Pause} =
  handle c with
  | Other.stop n -> ret [text, "\(n)"]
  | Other.ask n -> ret (n + String.length text)

let asking_then_pausing (n : Int) : List String ! {Other, Pause} =
  let! a = Other.ask n
  if a == 3 then Other.stop a else pausing a

let waiting (time : Int) (n : Int) : Int ! {Fail, Time} =
  do! Time.sleep time
  fail_if "\(n)" 5 n

let say (texts : List String) : Unit ! {Console | e} = Console.print_line (String.join "; " texts)

/// The same list, in an order that is known at run time only.
let turned (args : List String) (handlers : List a) : List a = List.drop (List.length args) handlers

let choose (args : List String) : List (String -> List String -> Int ! {Fail} -> String ! {}) = turned args [or_named, or_count, or_text, or_nothing]
let choose_waiting (args : List String) : List (String -> List String -> Int ! {Fail, Time} -> String ! {Time}) = turned args [or_named, or_count]
let choose_telling (args : List String) : List (String -> List String -> Int ! {Fail, Console} -> String ! {Console}) =
  turned args [or_named, or_nothing]
let choose_asked (args : List String) : List (String -> List String ! {Other, Pause} -> List String ! {Pause}) = turned args [or_asked]
let choose_resuming (args : List String) : List (String -> List String ! {Pause} -> List String ! {}) = turned args [resumed]

let at_once (handlers : List (String -> List String -> Int ! {Fail} -> String ! {}))
  (handler : String -> List String -> Int ! {Fail} -> String ! {}) : Unit ! {Console} =
  let! one = List.map_seq (fun n -> handler "one \(n)" ["\(n)", "b"] (fail_if "+" 2 n)) [1, 2, 3, 4, 2]
  do! say one
  let! all = List.map_seq (fun n -> List.map_seq (fun h -> h "all" ["\(n)"] (fail_if "*" 2 n)) handlers) [1, 2, 3]
  do! say (List.concat all)
  let! inside = List.map_seq (fun n -> handler "outside" [] (nested handler n)) [1, 2, 3]
  do! say inside
  let! asked = List.map_seq (fun h -> or_stopped "s" h (asking h)) [handler, handler]
  do! say asked
  let! others = List.map_seq (fun n -> or_else handler ["o", "\(n)"] (fail_if "&" 2 n)) [1, 2, 3, 4]
  say others

let while_waiting (handler : String -> List String -> Int ! {Fail, Time} -> String ! {Time}) : Unit ! {Console, Time} =
  let! (left, right) = join (handler "left" ["l"] (waiting 20 4)) (handler "right" ["r"] (waiting 1 6))
  do! say [left, right]
  let! many = List.map_par (fun n -> handler "many \(n)" ["\(n)"] (waiting (30 - n) n)) [4, 5, 6, 7]
  do! say many
  let! cut = Task.timeout 1 (handler "cut" ["c", "\(List.length many)"] (waiting 10_000 5))
  say [Option.with_default "cut short" cut]

/// An abort that does not land: while a release on its way waits, the task is cancelled.
let overtaken (n : Int) : Int ! {Fail, Time} = bracket (ret n) (fun _ -> Time.sleep 5) (fun m -> Fail.why m "overtaken \(m)")

let overtaking (handler : String -> List String -> Int ! {Fail, Time} -> String ! {Time}) : Unit ! {Console, Time} =
  let! cut = Task.timeout 1 (handler "overtaken" ["o", "\(1 + 1)"] (overtaken 5))
  let! landed = List.map_seq (fun n -> handler "landed" ["\(n)"] (waiting 1 n)) [6, 5]
  say (Option.with_default "cut" cut :: landed)

let telling (handler : String -> List String -> Int ! {Fail, Console} -> String ! {Console}) : Unit ! {Console} =
  let! texts = List.map_seq (fun n -> holding handler n (released handler 2)) [1, 2, 3, 0]
  say texts

let resuming (asked : List (String -> List String ! {Other, Pause} -> List String ! {Pause}))
  (handler : String -> List String ! {Pause} -> List String ! {}) : Unit ! {Console} =
  let! texts = List.map_seq (fun n -> handler (String.repeat n "r") (pausing n)) [1, 2, 3]
  do! say (List.concat texts)
  let! both = List.map_seq (fun n -> List.map_seq (fun h -> handler "q\(n)" (h "\(n)" (asking_then_pausing n))) asked) [1, 2, 3]
  say (List.concat (List.concat both))

let main (args : List String) : Unit ! {Console, Time} =
  do! List.iter_seq (fun handler -> at_once (choose args) handler) (choose args)
  do! List.iter_seq while_waiting (choose_waiting args)
  do! List.iter_seq overtaking (choose_waiting args)
  do! List.iter_seq telling (choose_telling args)
  do! List.iter_seq (fun handler -> resuming (choose_asked args) handler) (choose_resuming args)
  List.iter_seq (fun handler -> at_once (choose args) handler) (choose args)
