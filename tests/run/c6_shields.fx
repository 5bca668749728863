import Console
import String
import Task
import Time

effect Fail =
  fail : String -> Never

let say (text : String) : Unit ! {Console | e} = Console.print_line text

// Slow text, which is counted: what is dropped must be freed.
let slowly (text : String) : String ! e =
  do! yield
  do! yield
  do! yield
  ret (text ++ "!")

let report (name : String) (outcome : Either String Unit) : Unit ! {Console} = say "\(name): \(show outcome)"

// Cancelled while it acquires: release runs, use does not start.
let acquiring : String ! {Console} =
  bracket (slowly "resource") (fun resource -> say "release \(resource)") (fun _ ->
    do! say "use starts"
    ret "used")

// Cancelled while it releases: release goes on to its end, what follows does not begin.
let releasing : String ! {Console} =
  let! used = bracket (ret "resource") (fun resource ->
      let! text = slowly resource
      say "release \(text)") (fun _ -> ret (String.repeat 2 "used"))
  do! say "goes on with \(used)"
  ret used

let shielded : String ! {Console} =
  let! text = Task.uncancellable (
    let! text = slowly "shielded"
    do! say "the shielded part ends"
    ret text)
  do! say "goes on with \(text)"
  ret text

// Only the outermost shield's end counts.
let nested : String ! {Console} =
  let! text = Task.uncancellable (
    let! inner = Task.uncancellable (slowly "inner")
    do! say "between the shields: \(inner)"
    let! outer = bracket (slowly "outer") (fun _ -> say "released in the shield") (fun text -> ret text)
    do! say "still shielded: \(outer)"
    ret outer)
  do! say "goes on with \(text)"
  ret text

// A shield around branches.
let branches : String ! {Console} =
  let! (left, right) = Task.uncancellable (join (slowly "left") (slowly "right"))
  do! say "goes on with \(left) \(right)"
  ret left

// An abort whose release is still at work when the branch is cancelled does not land.
let aborting : String ! {Console} =
  handle bracket (ret ()) (fun () ->
      let! _ = slowly "release"
      say "released before the abort would land") (fun () -> Fail.fail "aborted") with
  | Fail.fail text ->
    do! say "recovers from \(text)"
    ret text

// Nobody cancels: everything goes on.
let in_peace (c : String ! {Console}) : Unit ! {Console} =
  let! text = c
  say "in peace: \(text)"

let cancelled (name : String) (c : String ! {Console}) : Unit ! {Console} =
  let! outcome = first c yield
  report name outcome

let main (_ : List String) : Unit ! {Console, Time} =
  do! cancelled "acquiring" acquiring
  do! cancelled "releasing" releasing
  do! cancelled "shielded" shielded
  do! cancelled "nested" nested
  do! cancelled "branches" branches
  do! cancelled "aborting" aborting
  do! in_peace acquiring
  do! in_peace releasing
  do! in_peace nested
  do! in_peace aborting
  let! timed = Task.timeout 60_000 (bracket (ret ()) (fun () -> Time.sleep 0) (fun () -> ret "in time"))
  do! say (show timed)
  let! late = Task.timeout 5 (Task.uncancellable (
    do! Time.sleep 30
    ret "late"))
  say (show late)
