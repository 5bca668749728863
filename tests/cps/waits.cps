waits.main.repeat (n : Int) direct, a loop

waits.main.repeat.2 (x : Float, n : Int) waiting, a loop
  1: Console.read_line at 26:22 saves x, n

waits.main (argument : List String) waiting
  1: Console.read_line at 8:3 saves nothing
  2: Console.read_line at 8:3 saves counted first_answer
