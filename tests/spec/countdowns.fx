/// Specs that use themselves on an Int which is smaller: less, more, nearer to 0, or together with another parameter.
import Console
import Time

let say_down (n : Int) : List Int ! {Console} =
  if n <= 0 then ret []
  else
    do! Console.print_line "\(n)"
    let! rest = say_down (n - 1)
    ret (n :: rest)

let down_from (n : Int) : List Int = if n <= 0 then [] else n :: down_from (n - 1)

spec says_down (n : Int) =
  say_down n runs
    if n > 0 then
      Console.print_line "\(n)" => ()
      use says_down (n - 1)
  returns down_from n

let by_threes (n : Int) : Unit ! {Console} =
  if n < 3 then ret ()
  else
    do! Console.print_line "\(n)"
    by_threes (n - 3)

spec goes_by_threes (n : Int) =
  by_threes n runs
    if n >= 3 then
      Console.print_line "\(n)" => ()
      use goes_by_threes (n - 3)
  returns ()

let both (n : Int) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    let! _ = join (Console.print_line "left \(n)") (both (n - 1))
    Console.print_line "both \(n)"

spec does_both (n : Int) =
  both n runs
    if n > 0 then
      join
        Console.print_line "left \(n)" => ()
      and
        use does_both (n - 1)
      Console.print_line "both \(n)" => ()
  returns ()

let say (n : Int) (line : String) : Unit ! {Console} =
  if n <= 0 then ret ()
  else
    do! Console.print_line line
    say (n - 1) line

spec says (n : Int) (line : String) =
  say n line runs
    if n > 0 then
      Console.print_line line => ()
      use says (n - 1) line
  returns ()

let say_two (n : Int) : Unit ! {Console} =
  let! _ = join (say n "tick") (say n "tock")
  ret ()

spec says_two (n : Int) =
  say_two n runs
    join
      use says n "tick"
    and
      use says n "tock"
  returns ()

let tick (n : Int) : Unit ! {Console, Time} =
  if n <= 0 then ret ()
  else
    do! Time.sleep 1000
    do! Console.print_line "\(n)"
    tick (n - 1)

spec ticks (n : Int) =
  tick n runs
    if n > 0 then
      Time.sleep 1000 => ()
      Console.print_line "\(n)" => ()
      use ticks (n - 1)
  returns ()

let work (name : String) (rounds : Int) : Unit ! {Console, Time} =
  if rounds <= 0 then Console.print_line "\(name) is done"
  else
    do! Time.sleep 100
    do! Console.print_line "\(name) \(rounds)"
    work name (rounds - 1)

spec works (name : String) (rounds : Int) =
  work name rounds runs
    if rounds > 0 then
      Time.sleep 100 => ()
      Console.print_line "\(name) \(rounds)" => ()
      use works name (rounds - 1)
    else
      Console.print_line "\(name) is done" => ()
  returns ()

let team (names : List String) (rounds : Int) : Unit ! {Console, Time} =
  match names
  | [] -> ret ()
  | name :: rest ->
    let! _ = join (work name rounds) (team rest rounds)
    ret ()

/// What sleeps beside others: in whichever order they wake up.
spec teams (names : List String) (rounds : Int) =
  team names rounds runs
    match names
    | [] ->
    | name :: rest ->
      join
        use works name rounds
      and
        use teams rest rounds
  returns ()

/// Each line is asked for up to three times more: where the list stays, the attempts get fewer.
let read_all (attempts : Int) (names : List String) : List String ! {Console} =
  match names
  | [] -> ret []
  | name :: rest ->
    do! Console.print_line name
    match! Console.read_line
    | Some line ->
      let! lines = read_all 3 rest
      ret (line :: lines)
    | None ->
      if attempts > 0 then read_all (attempts - 1) names
      else
        let! lines = read_all 3 rest
        ret ("" :: lines)

spec reads_none (attempts : Int) (names : List String) =
  read_all attempts names runs
    match names
    | [] ->
    | name :: rest ->
      Console.print_line name => ()
      Console.read_line => None
      if attempts > 0 then
        use reads_none (attempts - 1) names
      else
        use reads_none 3 rest
  returns empty_each names

let empty_each (names : List String) : List String =
  match names
  | [] -> []
  | _ :: rest -> "" :: empty_each rest

/// Two that get smaller by turns.
let drain (left : Int) (right : Int) : Unit ! {Console} =
  if left > 0 then
    do! Console.print_line "left"
    drain (left - 1) right
  else if right > 0 then
    do! Console.print_line "right"
    drain 2 (right - 1)
  else ret ()

spec drains (left : Int) (right : Int) =
  drain left right runs
    if left > 0 then
      Console.print_line "left" => ()
      use drains (left - 1) right
    else if right > 0 then
      Console.print_line "right" => ()
      use drains 2 (right - 1)
  returns ()

/// By a function of its own, which is the one that calls itself.
let countdown (n : Int) (line : String) : Unit ! {Console} =
  let go (left : Int) : Unit ! {Console} =
    if left <= 0 then ret ()
    else
      do! Console.print_line line
      go (left - 1)
  go n

spec counts_down (n : Int) (line : String) =
  countdown n line runs
    if n > 0 then
      Console.print_line line => ()
      use counts_down (n - 1) line
  returns ()

/// A loop around a loop, each by its own spec.
let repeat (rounds : Int) (n : Int) (line : String) : Unit ! {Console} =
  if rounds <= 0 then ret ()
  else
    do! say n line
    repeat (rounds - 1) n line

spec repeats (rounds : Int) (n : Int) (line : String) =
  repeat rounds n line runs
    if rounds > 0 then
      use says n line
      use repeats (rounds - 1) n line
  returns ()

/// Endless: in each parameter one use is less, and sets the other back. So neither is taken to hold.
let seesaw (left : Int) (right : Int) : Unit ! {Time} =
  do! Time.sleep 1
  if left > 0 then seesaw (left - 1) 5
  else if right > 0 then seesaw 5 (right - 1)
  else ret ()

spec seesaws (left : Int) (right : Int) =
  seesaw left right runs
    Time.sleep 1 => ()
    if left > 0 then
      use seesaws (left - 1) 5
    else if right > 0 then
      use seesaws 5 (right - 1)
  returns ()
