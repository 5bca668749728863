import Console
import Exit
import List
import Random
import Time

/// The runtime is the outermost handler: what it handles can be handled within the program, where clauses may do anything.
effect Fail =
  fail : Never

cell Count : Int = 5

let dice (c : a ! {Random | e}) : a ! e =
  handle c with
  | Random.int low _ -> ret (low + 3)
  | Random.bytes n -> ret (show n)
  | Random.float -> ret 0.25

/// Sleeping is counted, and takes no time.
let hurried (c : a ! {Time | e}) : a ! {Count, Time | e} =
  handle c with
  | Time.sleep n -> Count.update (fun slept -> slept + n)
  | Time.get -> ret 1000
  | Time.now -> Time.now
  | Time.monotonic -> ret 0

let quiet_exit (c : Unit ! {Exit | e}) : Int ! e =
  handle c with
  | ret () -> ret 0
  | Exit.exit status -> ret status

/// Every value of a cell, from one and the same text.
let each_value (c : a ! {Count | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Count.get resume ->
    let! lists = List.map_seq resume [1, 2, 3]
    ret (List.concat lists)
  | ctl Count.set _ resume -> resume ()
  | ctl Count.update _ resume -> resume ()

let thrown : (Int, Float, String) ! {Random} =
  let! n = Random.int 1 6
  let! x = Random.float
  let! text = Random.bytes 4
  ret (n, x, text)

let sleepy (n : Int) : Int ! {Time} =
  let! _ = join (Time.sleep 100000) (Time.sleep n)
  Time.get

let leave (n : Int) : Unit ! {Console, Exit} =
  do! bracket (ret ()) (fun _ -> Console.print_line "released") (fun _ -> if n > 1 then Exit.exit n else ret ())
  Console.print_line "stayed"

let pair : (Int, Int) ! {Count} =
  let! a = Count.get
  do! Count.set 9
  let! b = Count.get
  ret (a, b)

let main (_ : List String) : Unit ! {Console, Count, Random, Time} =
  let! t = dice thrown
  do! Console.print_line (show t)
  let! n = Random.int 2 2
  do! Console.print_line "the runtime's own \(n)"
  let! (n, slept) = Count.run 0 (hurried (sleepy 50))
  do! Console.print_line "\(n), slept \(slept)"
  do! Time.sleep 1
  let! status = quiet_exit (leave 1)
  do! Console.print_line "status \(status)"
  let! status = quiet_exit (leave 7)
  do! Console.print_line "status \(status)"
  let! pairs = each_value pair
  do! Console.print_line (show pairs)
  let! pairs = each_value (Count.run 4 pair)
  do! Console.print_line (show pairs)
  let! (inner, last) = Count.run 4 (each_value pair)
  do! Console.print_line "\(show inner) \(last)"
  let! p = pair
  Console.print_line (show p)
