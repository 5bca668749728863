// The uses of a type that could not be read are not reported.
type Outcome = NotEnough { wanted : Int } | Enough

let describe (outcome : Outcome) : Int =
  match outcome
  | NotEnough n -> n.wanted
  | Enough -> 0

let none : Outcome = NotEnough { wanted = 3 }
