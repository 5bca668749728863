// Both parts are needed; the slower one is thrown away.
effect Net =
  head : String
  body : String

let page : String ! {Net} =
  match! first Net.head Net.body
  | Left head -> ret head
  | Right body -> ret body

spec whole =
  page runs
    join
      Net.head => "a"
    and
      Net.body => "b"
  returns "ab"
