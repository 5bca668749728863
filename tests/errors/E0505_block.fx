import Console
import Time

let f (n : Int) : Int =
  do! Time.sleep 10
  n + 1

let g (text : String) : Bool =
  let trimmed = text
  let! line = Console.read_line
  if line == Some trimmed then True else False

let h (n : Int) : Int = ret (n + 1)
let i : Int =
  let n : Int =
    do! Time.sleep 10
    ret 1
  n
