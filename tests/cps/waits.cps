waits.repeat <{waits}> (n : Int, c : Unit ! {waiting}) waiting, a loop
  1: c at 19:9 saves n, counted c

waits.main.t () direct, also a value

waits.main (argument : List String) waiting
  1: Console.read_line at 8:3 saves nothing
  2: Console.read_line at 8:3 saves counted first_answer
  3: waits.repeat at 25:7 saves x

waits.main closure 1 () waiting
  captures x : Float
  1: Console.read_line at 26:22 saves x
