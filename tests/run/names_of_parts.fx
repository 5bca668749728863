import Console
import Time

/// Local functions and others that bear the names of what a waiting function is made of.
let count (n : Int) : Int ! {Time} =
  let resume m =
    if m == 0 then ret 0
    else
      do! Time.sleep 0
      let! below = resume (m - 1)
      ret (below + 1)
  do! Time.sleep 0
  resume n

let count_body (n : Int) : Int ! {Time} =
  do! Time.sleep 0
  if n == 0 then ret 0
  else
    let! m = count n
    let! k = count_body (n - 1)
    ret (m + k)

let count_frames (n : Int) : Int ! {Time} =
  if n == 0 then ret 0
  else
    let! m = count_body n
    let! k = count_frames (n - 1)
    ret (m + k)

let main (_ : List String) : Unit ! {Console, Time} =
  let! n = count 3
  let! m = count_frames n
  Console.print_line "\(n) \(m)"
