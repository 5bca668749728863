# C13: the first SIGINT or SIGTERM cancels main, whose releases run; a second one ends the program at once, even in a release.
cat > signals.fx <<'FX'
import Console
import Time

let held (name : String) (c : Unit ! {Console, Time}) : Unit ! {Console, Time} =
  bracket (Console.print_line "open \(name)") (fun () -> Console.print_line "close \(name)") (fun () -> c)

let slow : Unit ! {Console, Time} =
  bracket (ret ()) (fun () ->
    do! Console.print_line "a slow release"
    Time.sleep 60_000) (fun () -> Time.sleep 60_000)

let main (arguments : List String) : Unit ! {Console, Time} =
  do! Console.print_line "begun"
  let! _ = join (held "a" (Time.sleep 60_000)) (if arguments == [] then held "b" (Time.sleep 60_000) else slow)
  Console.print_line "never"
FX
fx build --release signals.fx -o signals
# await TEXT FILE: until the program has said so.
await() { until grep -qs "$1" "$2"; do sleep 0.05; done; }
# What runs in the background of a script ignores SIGINT, and a program respects that, so it is set back.
cat > in_background.py <<'PY'
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
PY
for signal in INT TERM; do
    FX_CHECK=1 python3 in_background.py ./signals > said & child=$!
    await 'begun' said
    kill -$signal $child
    wait $child; echo "$signal: status $?"
    cat said; rm said
done
./signals slowly > said & child=$!
await begun said
kill -TERM $child
await 'a slow release' said
kill -TERM $child
wait $child; echo "twice: status $?"
cat said
