/// Specs that use themselves on an Int which is smaller, as the program does.
import Console

let down (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line "\(n)"
    down (n - 1)

spec goes_down (n : Int) =
  down n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use goes_down (n - 1)
  returns ()

let up (n : Int) (limit : Int) : Unit ! {Console} =
  if n >= limit then ret ()
  else
    do! Console.print_line "\(n)"
    up (n + 1) limit

spec goes_up (n : Int) (limit : Int) =
  up n limit runs
    if n < limit then
      Console.print_line "\(n)" => ()
      use goes_up (n + 1) limit
  returns ()

let to_zero (n : Int) : Unit ! {Console} =
  if n == 0 then ret ()
  else
    do! Console.print_line "\(n)"
    to_zero (if n < 0 then n + 1 else n - 1)

spec goes_to_zero (n : Int) =
  to_zero n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use goes_to_zero (n - 1)
    else if n < 0 then
      Console.print_line "\(n)" => ()
      use goes_to_zero (n + 1)
  returns ()

let count (n : Int) : Int ! {Console} =
  if n <= 0 then ret 0
  else
    do! Console.print_line "one"
    let! others = count (n - 1)
    ret (others + 1)

spec counts (n : Int) =
  count n runs
    if n > 0 then
      Console.print_line "one" => ()
      use counts (n - 1)
  returns (if n <= 0 then 0 else n)

let both (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    let! _ = join (Console.print_line "a") (both (n - 1))
    ret ()

spec both_at_once (n : Int) =
  both n runs
    if n > 0 then
      join
        Console.print_line "a" => ()
      and
        use both_at_once (n - 1)
  returns ()
