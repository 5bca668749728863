frames.odd_wait <{waits}> (xs : List String, n : Int) waiting
  1: Prelude.yield at 17:9 saves n, text, counted xs
  2: frames.even_wait at 18:18 saves nothing

frames.even_wait <{waits}> (n : Int, xs : List String) waiting
  1: Prelude.yield at 10:9 saves n, counted xs

frames.describe (scale : Float, shape : Shape) waiting
  1: Console.read_line at 31:17 saves scale, r
  2: frames.describe at 36:17 saves counted name

frames.main.each (factor : Float, text : String, xs : List Word) waiting, a loop
  1: Console.read_line at 44:31 saves factor, x, counted text, counted rest

frames.main.each.2 (xs : List Counted) direct, a loop

frames.main (argument : List String) waiting
  1: Prelude.yield at 17:9 saves nothing
  2: Prelude.yield at 10:9 saves counted t
  3: Prelude.yield at 17:9 saves counted t
  4: Prelude.yield at 10:9 saves counted t
  5: Prelude.yield at 17:9 saves counted t
  6: frames.even_wait at 18:18 saves nothing
  7: frames.describe at 43:15 saves n, factor
  8: frames.main.each at 44:7 saves counted text
