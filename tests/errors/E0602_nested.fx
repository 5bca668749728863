type Method = Get | Other String

let f (m : Method) : Int =
  match m
  | Other Other _ -> 1
  | Get -> 0
