import
import Console
 List

let show_all (names : List String) : Unit ! {Console, Time} =
  do! Time.sleep 1
  List.iter_seq Console.print_line names

let path_of request = request.target
