/// Groups of tasks, time limits, faults as answers.
import List
import Promise
import Time

/// Where children can be spawned. Its parameter is the row of effects that they may have.
extern type Group e

/// A fault that `isolate` has stopped: what went wrong, where (`FILE.fx:LINE:COLUMN`, or empty), and the chain of `let!` that led there.
type Fault = { message : String, place : String, trace : String }

/// Runs a computation that may spawn children, and answers when it and all of them have ended. When the group is cancelled, so are they;
/// the fault of one cancels the rest and goes on outward.
///
/// ```fx
/// import Console
/// import Task
/// import Time
///
/// let main (_ : List String) : Unit ! {Console, Time} =
///   Task.group (fun group ->
///     do! Task.spawn group (say 20 "second")
///     do! Task.spawn group (say 10 "first")
///     Console.print_line "both have been asked")
///
/// let say (milliseconds : Int) (text : String) : Unit ! {Console, Time} =
///   do! Time.sleep milliseconds
///   Console.print_line text
/// ```
extern let group : (Group e -> a ! e) -> a ! e = wait "fx_group_take"

/// Adds a child to a group. It begins when whoever spawned it next waits.
extern let spawn : Group e -> Unit ! e -> Unit ! e = wait "fx_spawn_take"

/// What the computation answers, or None when that takes longer than so many milliseconds: it is then cancelled.
/// Once its time is over it starts nothing more; an answer that is there anyway is taken.
///
/// ```fx
/// import Console
/// import Task
/// import Time
///
/// let main (_ : List String) : Unit ! {Console, Time} =
///   match! Task.timeout 10 (Time.sleep 60_000)
///   | Some () -> Console.print_line "a minute has gone"
///   | None -> Console.print_line "that was too long"
/// ```
extern let timeout : Int -> a ! {Time | e} -> Option a ! {Time | e} = wait "fx_timeout_take"

/// Runs the computation to its end even if it is cancelled meanwhile; then the cancellation takes effect.
extern let uncancellable : a ! e -> a ! e = wait "fx_uncancellable_take"

/// A fault within becomes an answer, after the releases within have run. Leaving the program by `Exit.exit` goes on outward.
///
/// ```fx
/// import Console
/// import Task
///
/// let main (_ : List String) : Unit ! {Console} =
///   match! Task.isolate (divide 1 0)
///   | Ok quotient -> Console.print_line "\(quotient)"
///   | Err fault -> Console.print_line "no: \(fault.message)"
///
/// let divide (a : Int) (b : Int) : Int ! e = ret (a / b)
/// ```
extern let isolate : a ! e -> Result a Fault ! e = wait "fx_isolate_take"

/// Runs all at once and answers the first `Ok`; the others are then cancelled. If there is none, it answers all errors in the list's order.
///
/// ```fx
/// import Console
/// import Task
/// import Time
///
/// let main (_ : List String) : Unit ! {Console, Time} =
///   match! Task.first_ok [ask 30 (Ok "far"), ask 10 (Err "gone"), ask 20 (Ok "near")]
///   | Ok name -> Console.print_line name
///   | Err _ -> Console.print_line "nobody answers"
///
/// let ask (milliseconds : Int) (answer : Result String String) : Result String String ! {Time} =
///   do! Time.sleep milliseconds
///   ret answer
/// ```
let first_ok (computations : List (Result a x ! e)) : Result a (List x) ! e =
  let! won = Promise.make
  let! ended = first (List.map_par (announce won) computations) (Promise.wait won)
  match! Promise.get won
  | Some answer -> ret (Ok answer)
  | None -> ret (Err (errors_of ended))

private let announce (won : Promise a) (c : Result a x ! e) : Option x ! e =
  match! Promise.get won
  | Some _ -> ret None
  | None ->
    match! c
    | Err error -> ret (Some error)
    | Ok answer ->
      let! _ = Promise.set won answer
      ret None

private let errors_of (ended : Either (List (Option x)) a) : List x =
  match ended
  | Left errors -> List.filter_map (fun error -> error) errors
  | Right _ -> []
