import Console
let f (c : Int ! {Console}) : Int ! {Console} = c
let main (args : List String) : Unit ! {Console} =
  let! r = f (do! Console.print "x" in ret 3)
  Console.print_line "\(r)"
