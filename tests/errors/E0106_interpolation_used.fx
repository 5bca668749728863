import Console

let text (n : Int) : String = "\(n"

let main (args : List String) : Unit ! {Console} =
  let n = 5
  do! Console.print_line "n is \(n and more"
  Console.print_line (text n)
