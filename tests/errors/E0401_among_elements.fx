import Console
import List

let speak (prefix : String) (volume : Float) (word : String) : Unit ! {Console} = Console.print_line "\(prefix) \(volume) \(word)"

let all (_ : List String) : Unit ! {Console} =
  List.iter_seq (fun say -> say "d") [speak "direct" 0.1 0.1, speak "late" 0.2, speak "last" 0.3]

let mixed = [1, "two", "three", 4]
