import Console
let main (args : List String) : Unit ! {Console} =
  let x = 4
  x += 1
  ret ()
