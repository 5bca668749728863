// A definition is copied for each way its types are held, a compared one for each type, an effect-polymorphic one for whether it waits.
import Console
import Time

let twice (f : a -> a) (x : a) : a = f (f x)

let same (x : a) (y : a) : Bool = x == y

let again (c : Unit ! e) : Unit ! e =
  do! c
  c

let main (_ : List String) : Unit ! {Console, Time} =
  let pair x = (x, x)
  do! again (Console.print_line (twice (fun s -> s ++ "!") "a"))
  do! again (Time.sleep (twice (fun n -> n + 1) 1))
  let (c, d) = pair 'x'
  let (x, y) = pair 2.5
  if same c d && same (x, [1]) (y, [2]) then Console.print_line (show (twice (fun f -> f * 2.0) 1.5)) else ret ()
