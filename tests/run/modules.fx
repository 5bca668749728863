import Console
import List (map, filter)
import Shapes.Circle
import String as Text

let double x = x * 2

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line "\(Circle.area Circle.unit)"
  let areas = map Circle.area (List.filter_map Circle.make [-1, 2, 3])
  do! Console.print_line (show areas)
  do! Console.print_line (show (map double (filter (fun n -> n > 1) [1, 2, 3])))
  Console.print_line (Text.to_upper "done")
