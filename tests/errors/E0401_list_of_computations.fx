import Console
import List
import Time

let fetch (name : String) : String ! {Time} =
  do! Time.sleep 10
  ret name

let main (_ : List String) : Unit ! {Console, Time} =
  let pages = List.map fetch ["red", "green"]
  List.iter_seq Console.print_line pages
