import Console

/// A state that is read and written until it is 0.
effect State =
  get : Int
  set : Int -> Unit

cell Value : Int = 0

let with_state (start : Int) (c : a ! {State | e}) : (a, Int) ! e = Value.run start (in_cell c)

let in_cell (c : a ! {State | e}) : a ! {Value | e} =
  handle c with
  | State.get -> Value.get
  | State.set n -> Value.set n

let countdown : Int ! {State} =
  let! n = State.get
  if n == 0 then ret n
  else
    do! State.set (n - 1)
    countdown

let main (_ : List String) : Unit ! {Console} =
  let! (n, last) = with_state 50_000_000 countdown
  Console.print_line "\(n) \(last)"
