import Console
import List

// A hundred thousand tasks at once, each of which waits, then a race that cancels as many.
let tree (depth : Int) : Int ! e =
  if depth == 0 then
    do! yield
    ret 1
  else
    let! left = tree (depth - 1) and! right = tree (depth - 1)
    ret (left + right)

let main (_ : List String) : Unit ! {Console} =
  let! count = tree 16
  do! Console.print_line "\(count)"
  let! answers = List.map_par (fun n -> let! () = yield in ret (n % 7)) (List.range 1 100_000)
  do! Console.print_line "\(List.sum answers)"
  let! winner = first (tree 15) (ret 5)
  match winner
  | Left n -> Console.print_line "left \(n)"
  | Right n -> Console.print_line "right \(n)"
