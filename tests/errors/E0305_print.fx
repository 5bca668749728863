import Console
let main (args : List String) : Unit ! {Console} =
  println "x"
