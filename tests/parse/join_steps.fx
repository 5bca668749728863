// A join of several blocks; an `and` further left is for the join around it.
spec three =
  all runs
    join
      A.one => ()
    and
      join
        A.two => ()
      and
        left
          A.three => ()
        losing
          A.four => ()
      and
        A.five => ()
    and
      if x then
        A.six => ()
      else
        join
          A.seven => ()
        and
          A.eight => ()
    and
      match y
      | 0 -> A.nine => ()
      | _ ->
        join
          use ten
        and A.ten => ()
        and A.twelve => ()
    A.eleven => ()
  returns ((), ())
