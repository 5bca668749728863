// `losing` belongs to the side in its column, not to a deeper one that has none.
spec nested =
  program runs
    right
      left
        right
          World.ask 1 => 4
        losing
          World.ask 2 => 4
    losing
      left
        World.ask 3 => 4
  returns ()

spec joined =
  program runs
    join
      join
        World.ask 1 => 4
      and
        World.ask 2 => 4
    and
      World.ask 3 => 4
  returns ()
