// Both parts are needed; the slower one is thrown away.
effect Net =
  head : String
  body : String

let page : String ! {Net} =
  let! head = Net.head and! body = Net.body
  ret (head ++ body)

spec whole =
  page runs
    join
      Net.head => "a"
    and
      Net.body => "b"
  returns "ab"
