import Console
import String

let main (_ : List String) : Unit ! {Console} =
  let name = "Ada"
  let age = 36
  do! Console.print_line "tab\there, \"quoted\", back\\slash, \x41\u{e9}\u{1F600}, it\'s"
  do! Console.print_line "\(name) is \(age), \(age >= 18), \(1.5), \('x'), \("in " ++ "side")"
  do! Console.print_line "nested \("(\(name ++ "!"))")"
  do! Console.print_line "\(String.length "é") bytes, \(String.length "")"
  do! Console.print """
    indented
      more "quotes" \(name)
    end
    """
  Console.print_line (if "abc" ++ "def" == "abcdef" then "equal" else "different")
