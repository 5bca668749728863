import Console

let size (path : String) : Int ! {Console} =
  do! Console.print_line path
  3

let double (n : Int) : Int ! {Console} = n * 2

let choose n =
  do! Console.print_line "choosing"
  if n > 0 then ret 1
  else 0
