import Console

/// A loop that hands each number to whoever handles it, who keeps a sum.
effect Emit =
  emit : Int -> Unit

cell Sum : Int = 0

let summed (c : Unit ! {Emit | e}) : Int ! e =
  let! ((), total) = Sum.run 0 (into_sum c)
  ret total

let into_sum (c : a ! {Emit | e}) : a ! {Sum | e} =
  handle c with
  | Emit.emit n ->
    let! sum = Sum.get
    Sum.set (sum + n)

let range (from : Int) (last : Int) : Unit ! {Emit} =
  if from > last then ret ()
  else
    do! Emit.emit from
    range (from + 1) last

let main (_ : List String) : Unit ! {Console} =
  let! n = summed (range 0 20_000_000)
  Console.print_line "\(n)"
