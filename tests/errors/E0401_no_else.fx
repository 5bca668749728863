import Console

let sign (n : Int) : Int =
  if n > 0 then 1

let ask (n : Int) : Int ! {Console} =
  do! Console.print_line "?"
  if n > 0 then ret 1
