/// What every program has without an import: running computations together, and holding something while it is used.

/// Runs both and answers when both have ended: the left one until it first waits or ends, then the right one; from then on whichever can go on.
/// If one ends by a fault the other is cancelled.
///
/// ```fx
/// import Console
/// import Time
///
/// let main (_ : List String) : Unit ! {Console, Time} =
///   let! (left, right) = join (slow "left") (slow "right")   // takes 10 ms, not 20
///   Console.print_line "\(left) and \(right)"
///
/// let slow (name : String) : String ! {Time} =
///   do! Time.sleep 10
///   ret name
/// ```
extern let join : a ! e -> b ! e -> (a, b) ! e = wait "fx_join_take"

/// Runs both and answers what the first of them to end answers; the other is cancelled, and nothing of it is left when `first` answers.
/// If the left one ends without waiting the right one is not begun.
///
/// ```fx
/// import Console
/// import Time
///
/// let main (_ : List String) : Unit ! {Console, Time} =
///   match! first (Time.sleep 60_000) (Time.sleep 10)
///   | Left () -> Console.print_line "a minute has gone"
///   | Right () -> Console.print_line "no minute yet"
/// ```
extern let first : a ! e -> b ! e -> Either a b ! e = wait "fx_first_take"

/// `bracket acquire release use` runs `acquire`, gives its answer to `use`, and then to `release`: exactly once, however `use` ends, be it by
/// an answer, a fault or cancellation. `acquire` and `release` themselves are not cancelled halfway.
///
/// ```fx
/// import Console
///
/// let main (_ : List String) : Unit ! {Console} =
///   bracket (ret "door") (fun door -> Console.print_line "shut the \(door)") (fun door -> Console.print_line "through the \(door)")
/// ```
extern let bracket : a ! e -> (a -> Unit ! e) -> (a -> b ! e) -> b ! e = wait "fx_bracket_take"

/// Lets the other tasks run that are ready, then goes on.
extern let yield : Unit ! e = wait "fx_yield"

/// The opposite of a Bool.
///
/// ```fx
/// not False
/// not (1 == 2)
/// ```
let not (b : Bool) : Bool = if b then False else True
