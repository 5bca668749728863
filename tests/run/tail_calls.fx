import Console

// A million tail calls each: between functions of different and of many parameters, of Floats, through closures, in computations that
// never wait, in some that could, and in some that do.
type Step = Step (Step -> Int -> Int)

cell Count : Int = 0

let narrow (n : Int) : Int = if n == 0 then 1 else wide n 1 2 3 4 5 6 7 8

let wide (n : Int) (a : Int) (b : Int) (c : Int) (d : Int) (e : Int) (f : Int) (g : Int) (h : Int) : Int =
  if n == 0 then a + b + c + d + e + f + g + h else widest (n - 1) h g f e d c b a 0.5 n

let widest (n : Int) (a : Int) (b : Int) (c : Int) (d : Int) (e : Int) (f : Int) (g : Int) (h : Int) (x : Float) (i : Int) : Int =
  if n == 0 then a - h else if x > 1.0 then i else narrow (n - 1)

let half (n : Int) (x : Float) : Float = if n == 0 then x else double (n - 1) (x / 2.0)

let double (n : Int) (x : Float) : Float = if n == 0 then x else half (n - 1) (x * 2.0)

let through (f : Int -> Float -> Float) (n : Int) (x : Float) : Float = if n == 0 then x else f (n - 1) x

let back (n : Int) (x : Float) : Float = through back n x

let first_step (step : Step) (n : Int) : Int =
  match step
  | Step f -> if n == 0 then 42 else f (Step second_step) (n - 1)

let second_step (step : Step) (n : Int) : Int =
  match step
  | Step f -> if n == 0 then 43 else f (Step first_step) (n - 1)

let tick (n : Int) (text : String) : String ! {Count | e} =
  if n == 0 then ret text
  else
    do! Count.update (fun count -> count + 1)
    tock text (n - 1)

let tock (text : String) (n : Int) : String ! {Count | e} =
  if n == 0 then ret (text ++ "!") else tick (n - 1) text

let left (n : Int) (a : Int) (b : Int) (c : Int) (d : Int) (e : Int) : Int ! e =
  if n == 0 then
    do! yield
    ret (a + b + c + d + e)
  else right e d c b a (n - 1)

let right (a : Int) (b : Int) (c : Int) (d : Int) (e : Int) (n : Int) : Int ! e =
  if n == 0 then
    do! yield
    ret (a - b)
  else left (n - 1) e d c b a

let run_next (next : Int -> Int ! e) (n : Int) : Int ! e = if n == 0 then ret 5 else next (n - 1)

let circle (n : Int) : Int ! e =
  if n < 0 then
    do! yield
    ret 0
  else run_next circle n

let sometimes (n : Int) (seen : Int) : Int ! e =
  if n == 0 then ret seen
  else if n % 100_000 == 0 then
    do! yield
    sometimes (n - 1) (seen + 1)
  else
    let! next = ret (n - 1)
    sometimes next seen

let main (_ : List String) : Unit ! {Console, Count} =
  do! Console.print_line "\(narrow 1_000_000) \(narrow 999_999) \(narrow 999_998)"
  do! Console.print_line "\(half 1_000_000 3.0) \(back 1_000_000 1.5)"
  do! Console.print_line "\(first_step (Step second_step) 1_000_000)"
  let! text = tick 1_000_000 "ticks"
  let! count = Count.get
  do! Console.print_line "\(text) \(count)"
  let! sum = left 1_000_000 1 2 3 4 5
  let! round = circle 1_000_000
  let! seen = sometimes 1_000_000 0
  Console.print_line "\(sum) \(round) \(seen)"
