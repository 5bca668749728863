import Console
let main (args : List String) : Unit ! {Console} =
  Console.println "x"
