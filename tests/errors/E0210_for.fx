let main (args : List String) : Unit ! {} =
  for arg in args
    ret ()
