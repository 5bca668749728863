# C11: a group with a million children. C1, C14: a million cancelled sleeps leave nothing, and take no more memory than the first ten thousand.
cat > children.fx <<'FX'
import Console
import List
import Task

cell Ended : Int = 0

let child : Unit ! {Ended | e} =
  do! yield
  Ended.update (fun n -> n + 1)

let main (_ : List String) : Unit ! {Console, Ended} =
  do! Task.group (fun group -> List.iter_seq (fun _ -> Task.spawn group child) (List.range 1 1_000_000))
  let! ended = Ended.get
  Console.print_line "\(ended) children have ended"
FX
FX_CHECK=1 fx run --release children.fx; echo "status $?"

cat > sleeps.fx <<'FX'
import Console
import File
import Int
import Option
import Result
import String
import Task
import Time

// Pages of memory that the program has now: the second number of /proc/self/statm.
let pages : Int ! {File} =
  let! text = File.read "/proc/self/statm"
  match String.split " " (Result.with_default "" text)
  | _ :: resident :: _ -> ret (Option.with_default 0 (Int.parse resident))
  | _ -> ret 0

let race (times : Int) : Unit ! {Time} =
  if times > 0 then
    let! _ = first (Time.sleep 60_000) yield
    let! _ = Task.timeout 60_000 yield
    race (times - 2)

let main (_ : List String) : Unit ! {Console, File, Time} =
  do! race 10_000
  let! before = pages
  do! race 1_000_000
  let! after = pages
  Console.print_line "more memory: \(after > before + 64)"
FX
FX_CHECK=1 fx run --release sleeps.fx; echo "status $?"
