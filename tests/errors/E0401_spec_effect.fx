// An effect has the same arguments in a spec's steps, and in the specs that it uses, as in what the spec runs.
effect State s =
  read : s
  write : s -> Unit

let doubles : Unit ! {State String} =
  let! text = State.read
  State.write (text ++ text)

spec reads_number =
  doubles runs
    State.read => 7
    State.write "77" => ()
  returns ()

spec writes_number =
  doubles runs
    State.read => "7"
    State.write 77 => ()
  returns ()

let increments : Unit ! {State Int} =
  let! n = State.read
  State.write (n + 1)

spec increments_ok =
  increments runs
    State.read => 7
    State.write 8 => ()
  returns ()

spec uses_other =
  doubles runs
    use increments_ok
  returns ()

// Two specs that use each other.
spec even (n : Int) =
  doubles runs
    if n > 0 then
      use odd (n - 1)
    else
      State.read => "7"
  returns ()

spec odd (n : Int) =
  increments runs
    if n > 0 then
      use even (n - 1)
    else
      State.write "7" => ()
  returns ()
