import Console

let ask (name : String) : String ! {Console} =
  do! Console.print_line "Hello"
  ret "I am " ++ name
