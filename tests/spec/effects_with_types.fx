// The type of an effect is that of what the spec runs, in its steps and in the specs that it uses.
import List

effect State s =
  read : s
  write : s -> Unit

effect Ask a =
  ask : Int -> a
  nothing : Int -> List b
  note : c -> Unit

let halves : Unit ! {State Int} =
  let! n = State.read
  State.write (n / 2)

spec halves_ok (n : Int) =
  halves runs
    State.read => n
    State.write (n / 2) => ()
  returns ()

let halves_twice : Unit ! {State Int} =
  do! halves
  halves

spec halves_twice_ok =
  halves_twice runs
    use halves_ok 1
    use halves_ok 2
  returns ()

let doubles : Unit ! {State String} =
  let! text = State.read
  State.write (text ++ text)

spec doubles_ok (text : String) =
  doubles runs
    State.read => text
    State.write (text ++ text) => ()
  returns ()

/// A program for any type: each spec says for which.
let copies : Unit ! {State s} =
  let! held = State.read
  do! State.write held
  State.write held

spec copies_number =
  copies runs
    State.read => 7
    State.write 7 => ()
    State.write 7 => ()
  returns ()

spec copies_list =
  copies runs
    State.read => [Some "7"]
    State.write [Some "7"] => ()
    State.write [Some "7"] => ()
  returns ()

let sums : Int ! {Ask (List Int)} =
  let! numbers = Ask.ask 3
  let! more = Ask.nothing 4
  do! Ask.note "sum"
  do! Ask.note 5
  ret (List.sum numbers + List.sum more)

/// What is of every type can be stated for any.
spec sums_ok =
  sums runs
    Ask.ask 3 => [1, 2]
    Ask.nothing 4 => []
    Ask.note "sum" => ()
    Ask.note 5 => ()
  returns 3
