import Console

/// A tree of joins over 2^depth tasks, each of which waits once.
let tree (depth : Int) : Int ! e =
  if depth == 0 then
    do! yield
    ret 1
  else
    let! left = tree (depth - 1) and! right = tree (depth - 1)
    ret (left + right)

let main (_ : List String) : Unit ! {Console} =
  let! count = tree 20
  Console.print_line "\(count)"
