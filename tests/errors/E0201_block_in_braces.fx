import Console

let main (_ : List String) : Unit ! {Console} = {
  Console.print_line "Hello"
}
