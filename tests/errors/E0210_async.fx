import Console
let main (args : List String) : Unit ! {Console} =
  async f ()
  ret ()
