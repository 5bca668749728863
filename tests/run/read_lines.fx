import Console
import String

let number_lines (n : Int) : Int ! {Console} =
  match! Console.read_line
  | None -> ret n
  | Some text ->
    do! Console.print_line "\(n + 1): \(String.to_upper text)"
    number_lines (n + 1)

let main (_ : List String) : Unit ! {Console} =
  let! n = number_lines 0
  Console.print_line "\(n) lines"
