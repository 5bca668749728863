// The words of steps are words only where a step may stand.

spec steps (xs : List Int) =
  main [] runs
    join
      use log "a"
    and
      use log "b"
    left
      Time.sleep 1 => ()
    losing
      Console.read_line => Some "x"
    right
      use nothing
    for x in xs
      Log.write "x" => ()
    if a then
      use b
    else if c then
      use d
    else
      use e
    match x
    | A -> use f
    | B ->
      use left right
      Op.do (fun x -> x) => join
  returns ()

spec empty =
  main [] runs
  returns ()

spec one_line = main [] runs Log.write "x" => () returns ()

let use left right for losing and = join left right
