import Console
import List

let tell (ages : List (String, Int)) : Unit ! {Console} =
  List.iter_seq (fun name age -> Console.print_line "\(name) is \(age)") ages
