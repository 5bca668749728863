/// Specs that use themselves on an Int, each wrong in one way: what they say of something else must not be taken to hold.
import Console
import Time

let down (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line "\(n)"
    down (n - 1)

spec wrong_bound (n : Int) =
  down n runs
    if n > 1 then
      Console.print_line "\(n)" => ()
      use wrong_bound (n - 1)
  returns ()

spec wrong_direction (n : Int) =
  down n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use wrong_direction (n + 1)
  returns ()

spec uses_first (n : Int) =
  down n runs
    if n > 0 then
      use uses_first (n - 1)
      Console.print_line "\(n)" => ()
  returns ()

spec steps_over (n : Int) =
  down n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use steps_over (n - 2)
  returns ()

spec of_another (n : Int) (m : Int) =
  down n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use of_another (m - 1) m
  returns ()

spec says_itself (n : Int) =
  down n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use says_itself (n - 0)
  returns ()

let up (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line "\(n)"
    up (n + 1)

spec up_without_end (n : Int) =
  up n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use up_without_end (n + 1)
  returns ()

let to_zero (n : Int) : Unit ! {Console} =
  if n == 0 then ret ()
  else
    do! Console.print_line "\(n)"
    to_zero (n - 1)

spec past_the_least (n : Int) =
  to_zero n runs
    if n != 0 then
      Console.print_line "\(n)" => ()
      use past_the_least (n - 1)
  returns ()

let count (n : Int) : Int ! {Console} =
  if n <= 0 then ret 0
  else
    do! Console.print_line "one"
    let! others = count (n - 1)
    ret (others + 1)

spec counts_from_one (n : Int) =
  count n runs
    if n > 0 then
      Console.print_line "one" => ()
      use counts_from_one (n - 1)
  returns (if n <= 0 then 1 else n)

let both (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    let! _ = join (Console.print_line "a") (both (n - 1))
    ret ()

spec both_in_order (n : Int) =
  both n runs
    if n > 0 then
      use both_in_order (n - 1)
      Console.print_line "a" => ()
      Console.print_line "a" => ()
  returns ()

let work (rounds : Int) : Unit ! {Console, Time} =
  if rounds <= 0 then ret ()
  else
    do! Time.sleep 100
    do! Console.print_line "works"
    work (rounds - 1)

let work_at_most (rounds : Int) : Unit ! {Console, Time} =
  let! _ = join (work rounds) (
    do! Time.sleep 250
    Console.print_line "time is over")
  ret ()

spec works (rounds : Int) =
  work rounds runs
    if rounds > 0 then
      Time.sleep 100 => ()
      Console.print_line "works" => ()
      use works (rounds - 1)
  returns ()

/// It ends before the other says so only where there are no more than two rounds.
spec ends_in_time (rounds : Int) =
  work_at_most rounds runs
    join
      use works rounds
      Console.print_line "time is over" => ()
    and
      Time.sleep 250 => ()
  returns ()

/// What the inner function has captured is another value with each use.
let count_back (n : Int) : Unit ! {Console} =
  let go (left : Int) : Unit ! {Console} =
    if left <= 0 then ret ()
    else
      do! Console.print_line "\(n)"
      go (left - 1)
  go n

spec counts_back (n : Int) =
  count_back n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use counts_back (n - 1)
  returns ()
