// Numbers that go round. `to_source` is for `Ring` alone: `Turn` is shown as it is held.
opaque type Ring = Ring Int

opaque type Turn = Turn Int Ring

let make (n : Int) : Ring = Ring (n % 7)

let turn (n : Int) : Turn = Turn n (make n)

let to_source (Ring n : Ring) : String = "Ring.make \(n)"
