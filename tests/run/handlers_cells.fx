import Console
import List
import Time

/// Cells handled with a private value.
cell Hits : Int = 100

cell Names : List String = []

cell Ratio : Float = 0.5

effect Amb =
  flip : Bool

effect Fail =
  fail : Never

let choices (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let or_else (answer : a) (c : a ! {Fail | e}) : a ! e =
  handle c with
  | Fail.fail -> ret answer

let visit : Int ! {Hits} =
  do! Hits.update (fun n -> n + 1)
  Hits.get

let name_it (name : String) : Unit ! {Names} = Names.update (fun names -> name :: names)

let count_to (n : Int) : Unit ! {Hits} =
  if n == 0 then ret ()
  else
    do! Hits.update (fun n -> n + 1)
    count_to (n - 1)

/// Each path of the computation has a value of its own, from the choice on.
let paths : (Bool, Int) ! {Amb, Hits} =
  do! Hits.update (fun n -> n + 1)
  let! left = Amb.flip
  do! Hits.update (fun n -> if left then n * 10 else n + 5)
  let! again = Amb.flip
  do! Hits.update (fun n -> if again then n * 10 else n + 5)
  let! n = Hits.get
  ret (left, n)

let nested : (Unit, Int) ! {Hits} =
  let! r = Hits.run 10 (count_to 5)
  do! count_to 3
  ret r

let two_names : Unit ! {Names} =
  do! name_it "a"
  name_it "b"

let three_at_most : Int ! {Fail, Hits} =
  do! count_to 3
  let! n = Hits.get
  if n == 3 then Fail.fail else ret n

let two_and_fail : Int ! {Fail, Hits} =
  do! count_to 2
  Fail.fail

let slow (add : Int) : Unit ! {Hits, Time} =
  let! n = Hits.get
  do! Time.sleep (10 * add)
  do! Hits.update (fun m -> m + add)
  Hits.update (fun m -> m + n)

let outside_too (c : Int ! {Hits | e}) : (Int, Int) ! {Hits | e} = Hits.run 0 c

let main (_ : List String) : Unit ! {Console, Hits, Names, Ratio, Time} =
  let! (a, b) = Hits.run 0 visit
  let! global = Hits.get
  do! Console.print_line "\(a) \(b), the global one \(global)"
  let! (((), inner), outer) = Hits.run 1 nested
  do! Console.print_line "inner \(inner) outer \(outer)"
  let! ((), names) = Names.run ["x"] two_names
  let! kept = Names.get
  do! Console.print_line "\(show names) \(show kept)"
  let! ((), ratio) = Ratio.run 1.5 (Ratio.update (fun r -> r * 2.0))
  do! Console.print_line "\(ratio)"
  let! own = choices (Hits.run 0 paths)
  do! Console.print_line (show own)
  let! (shared, last) = Hits.run 0 (choices paths)
  do! Console.print_line "\(show shared) \(last)"
  let! (_, n) = Hits.run 0 (join (slow 1) (slow 2))
  do! Console.print_line "join \(n)"
  let! (_, n) = Hits.run 0 (first (slow 1) (slow 3))
  do! Console.print_line "first \(n)"
  let! n = or_else (0 - 1) (Hits.run 0 three_at_most |> first_of)
  let! global = Hits.get
  do! Console.print_line "aborted \(n), the global one \(global)"
  let! (n, m) = Hits.run 7 (or_else 1 two_and_fail)
  do! Console.print_line "aborted inside \(n) \(m)"
  let! (n, m) = Hits.run 5 (outside_too visit |> first_of)
  do! Console.print_line "\(n) \(m)"
  let! ((), n) = Hits.run 0 (count_to 1000000)
  do! Console.print_line "\(n)"
  let! pairs = List.map_par (fun n -> Hits.run n visit) [1, 2, 3]
  do! Console.print_line (show pairs)
  let! global = Hits.get
  Console.print_line "the global one \(global)"

let first_of (c : (a, b) ! e) : a ! e =
  let! (x, _) = c
  ret x
