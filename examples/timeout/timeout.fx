import Console
import Time

/// Something slow, such as a question to a machine far away.
let fetch (milliseconds : Int) : String ! {Time} =
  do! Time.sleep milliseconds
  ret "the page"

/// What `c` answers, or None when it takes longer than `limit` milliseconds. It is then cancelled.
let within (limit : Int) (c : a ! {Time | e}) : Option a ! {Time | e} =
  match! first c (Time.sleep limit)
  | Left answer -> ret (Some answer)
  | Right () -> ret None

let report (name : String) (c : Option String ! {Time}) : Unit ! {Console, Time} =
  match! c
  | Some page -> Console.print_line "\(name): \(page)"
  | None -> Console.print_line "\(name): too slow, given up"

/// Both questions are asked at once, so all of it takes as long as the slower one.
let main (_ : List String) : Unit ! {Console, Time} =
  let! _ = join
    (report "near" (within 5000 (fetch 10)))
    (report "far" (within 100 (fetch 60_000)))
  ret ()

/// What comes in time is answered.
spec comes_in_time =
  within 100 (fetch 10) runs
    left
      Time.sleep 10 => ()
  returns Some "the page"

/// What does not is given up. It would have slept for a minute: a loser's sleep need not be said.
spec comes_too_late =
  within 100 (fetch 60_000) runs
    right
      Time.sleep 100 => ()
  returns None

/// Two at once: one in time, one not.
spec reports_both =
  main [] runs
    join
      left
        Time.sleep 10 => ()
      Console.print_line "near: the page" => ()
    and
      right
        Time.sleep 100 => ()
      Console.print_line "far: too slow, given up" => ()
  returns ()
