let main (args : List String) : Unit ! {Console, Time} =
  do! Console.print_line "What is your name?"
  match! first (Time.sleep 5000) Console.read_line
  | Left () -> Console.print_line "Too slow."
  | Right None -> ret ()
  | Right (Some name) -> Console.print_line "Hello \(name)!"
let both =
  let! x = a and! (y, _) = b
  let! n : Int = c
  and! m = d
  do! if x then e
  let f z = z + 1
  let z : Int = f n
  if z > 0 then do! g
  ret (x, y)
let one_line = let! x = a in let y = b in ret (x, y)
let sequence =
  forgotten a
  ret ()
let ends_with_do =
  do! a
let argument =
  bracket (acquire x) release (fun y ->
    do! use y
    ret (
      let z = y
      z
    ))
