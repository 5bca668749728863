import Console
import List

let slowly (n : Int) : Int ! {Console} =
  do! Console.print_line "start \(n)"
  do! yield
  do! yield
  do! Console.print_line "end \(n)"
  ret (n * n)

let main (_ : List String) : Unit ! {Console} =
  let! one_by_one = List.map_seq slowly [1, 2]
  do! Console.print_line (show one_by_one)
  let! at_once = List.map_par slowly [3, 4, 5]
  do! Console.print_line (show at_once)
  let! two_at_once = List.map_pool 2 slowly [6, 7, 8]
  do! Console.print_line (show two_at_once)
  List.iter_seq (fun n -> Console.print_line "\(n)") [9, 10]
