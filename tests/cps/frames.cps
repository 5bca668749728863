frames.even_wait <{waits}> (n : Int, xs : List String) waiting
  1: Prelude.yield at 10:9 saves n, counted xs

frames.odd_wait <{waits}> (xs : List String, n : Int) waiting
  1: Prelude.yield at 17:9 saves n, counted text, counted rest
  2: frames.even_wait at 18:18 saves nothing

frames.describe (scale : Float, shape : Shape) waiting
  1: Console.read_line at 31:17 saves scale, r
  2: frames.describe at 36:17 saves counted name

frames.each <Word, {waits}> (f : Word -> Unit ! {waiting}, xs : List Word) waiting, a loop
  1: f at 25:9 saves counted f, counted rest

frames.each <Counted, {waits}> (f : Counted -> Unit ! {waiting}, xs : List Counted) waiting, a loop
  1: f at 25:9 saves counted f, counted rest

frames.main.t (argument : String) direct, also a value

frames.main (argument : List String) waiting
  1: Prelude.yield at 17:9 saves nothing
  2: Prelude.yield at 10:9 saves counted t
  3: Prelude.yield at 17:9 saves counted t
  4: Prelude.yield at 10:9 saves counted t
  5: frames.odd_wait at 11:5 saves nothing
  6: frames.describe at 43:15 saves n, factor
  7: frames.each at 44:7 saves counted text

frames.main closure 1 (x : Int) waiting
  captures factor : Float, text : String
  1: Console.read_line at 44:31 saves x, factor, counted text
