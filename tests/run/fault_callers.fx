import Console

// Every let! that led to a fault is shown with it, whether it has waited or not, and whether its function was inlined or not.
let average (total : Int) (count : Int) : Int ! {Console} =
  do! Console.print_line "average"
  ret (total / count)

let report (count : Int) : Int ! {Console} =
  let! mean = average 10 count
  do! Console.print_line "mean \(mean)"
  ret (mean + 1)

let down (n : Int) : Int ! {Console} =
  if n == 0 then
    let! x = report n
    ret (x + 1)
  else
    let! rest = down (n - 1)
    ret (rest + 1)

let main (_ : List String) : Unit ! {Console} =
  let! total = down 2
  Console.print_line "\(total)"
