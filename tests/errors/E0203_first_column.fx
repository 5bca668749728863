import Console

let main (_ : List String) : Unit ! {Console} =
  let name = "Ada"
let greeting = "Hello \(name)"
  Console.print_line greeting
