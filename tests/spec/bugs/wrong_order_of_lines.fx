// Lines are gathered at the front of a list, and nobody turns it round.
effect Source =
  line : Option String

let lines (done : List String) : List String ! {Source} =
  match! Source.line
  | None -> ret done
  | Some line -> lines (line :: done)

spec two (a : String) (b : String) =
  lines [] runs
    Source.line => Some a
    Source.line => Some b
    Source.line => None
  returns [a, b]
