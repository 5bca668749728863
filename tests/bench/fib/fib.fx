import Console

let fib (n : Int) : Int =
  if n < 2 then n else fib (n - 1) + fib (n - 2)

let main (_ : List String) : Unit ! {Console} =
  Console.print_line "\(fib 40)"
