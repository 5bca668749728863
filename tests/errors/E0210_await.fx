import Console
let main (args : List String) : Unit ! {Console} =
  let x = await (Console.read_line)
  ret ()
