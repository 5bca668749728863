# C8: releases have FX_RELEASE_SECONDS in all. Then what they wait for is withdrawn, what they hold is closed, and the log says so.
cat > slow.fx <<'FX'
import Console
import Error
import Tcp
import Time

let held (name : String) (release : Unit ! {Console, Time | e}) (c : Unit ! {Console, Time | e}) : Unit ! {Console, Time | e} =
  bracket (Console.print_line "open \(name)") (fun () ->
    do! Console.print_line "closing \(name)"
    do! release
    Console.print_line "closed \(name)") (fun () -> c)

let main (arguments : List String) : Int ! {Console, Tcp, Time} =
  let slow = held "slow" (Time.sleep 60_000) (held "quick" (ret ()) (Time.sleep 60_000))
  let! _ = first (held "outer" (ret ()) slow) (if arguments == [] then yield else Time.sleep 60_000)
  do! Console.print_line "the loser is gone"
  // One that waits for the system.
  match! Tcp.listen "127.0.0.1" 0
  | Err error ->
    do! Console.print_line (Error.message error)
    ret 1
  | Ok listener ->
    let! _ = first (held "listener" (let! _ = Tcp.accept listener in ret ()) (Time.sleep 60_000)) yield
    ret 5
FX
fx build --release slow.fx -o slow
echo "-- of a loser"
FX_CHECK=1 FX_RELEASE_SECONDS=0.2 ./slow 2>&1; echo "status $?"
echo "-- of main, by a signal"
FX_CHECK=1 FX_RELEASE_SECONDS=0.2 ./slow wait > said 2>&1 & program=$!
until grep -qs "open quick" said; do sleep 0.05; done
kill -TERM $program
wait $program; echo "status $?"
cat said
echo "-- what is no number is not heeded, nor is what is negative"
cat > quick.fx <<'FX'
import Console
import Time

let main (_ : List String) : Unit ! {Console, Time} =
  let! _ = first (bracket (ret ()) (fun () -> Time.sleep 300) (fun () -> Time.sleep 60_000)) yield
  Console.print_line "released"
FX
fx build quick.fx -o quick
for seconds in "" no -1 60; do
    FX_CHECK=1 FX_RELEASE_SECONDS=$seconds ./quick; echo "status $?"
done
FX_CHECK=1 FX_RELEASE_SECONDS=0 ./quick; echo "status $?"
