// Pages are numbered from 1 to the count, the last included.
import List

effect Web =
  count : Int
  page : Int -> String

let all : List String ! {Web} =
  let! count = Web.count
  List.map_seq Web.page (List.range 1 (count - 1))

spec two_pages =
  all runs
    Web.count => 2
    Web.page 1 => "a"
    Web.page 2 => "b"
  returns ["a", "b"]

spec no_page =
  all runs
    Web.count => 0
  returns []
