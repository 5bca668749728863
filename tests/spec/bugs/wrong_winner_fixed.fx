// `Left` is the first argument's answer.
effect Mirror =
  near : String
  far : String

let fetch : String ! {Mirror} =
  match! first Mirror.near Mirror.far
  | Left text -> ret "near: \(text)"
  | Right text -> ret "far: \(text)"

spec near_wins =
  fetch runs
    left
      Mirror.near => "x"
    losing
      Mirror.far => "y"
  returns "near: x"
