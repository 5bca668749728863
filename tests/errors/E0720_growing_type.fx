import Console

let nest (n : Int) (x : a) : String =
  if n == 0 then show x else nest (n - 1) (x, x)

let main (args : List String) : Unit ! {Console} =
  Console.print_line (nest 3 1)
