import Console
import String

let build (i : Int) (text : String) : String =
  if i > 5_000_000 then text else build (i + 1) (text ++ "\(i), ")

let main (_ : List String) : Unit ! {Console} =
  let text = build 1 ""
  let length = String.length text
  Console.print_line "\(length) \(String.slice (length - 18) (length - 2) text)"
