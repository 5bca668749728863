let main (args : List String) : Unit ! {Console} =
  do! Console.print_line "a"
  do! Console.print_line "b"
  Time.sleep (Time.milliseconds 1)
