# fx test ends at once by SIGINT and SIGTERM, whatever it is doing, and says what was found so far.
cat > long.fx <<'FX'
import List
import Tcp
import Test
import Time

cell Total : Int = 0

let count (n : Int) : Unit ! {Total, Tcp} =
  let! total = Total.get
  let! _ = Tcp.connect "localhost" n
  Total.set (total + n)

let fill (room : Int) (ports : List Int) : List Int = if room == 0 then ports else fill (room - 1) (room :: ports)

test "it is quick" = List.length (fill 3 []) == 3

test "it waits" =
  do! Time.sleep 600_000
  ret True

let for_ever (n : Int) : Int = if n < 0 then for_ever (n + 1) else for_ever (n - 1)

test "it computes" = for_ever 1 == 0

test "it is simulated" = Test.simulate (
  let! _ = List.map_par (fun n -> let! () = yield in Total.update (fun total -> 2 * total + n)) (fill 12 [])
  ret True)

spec counts (port : Int) =
  ret (for_ever port) runs
  returns 0
FX
# What runs in the background of a script ignores SIGINT, and so would the program.
cat > in_background.py <<'PY'
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
PY
# stop SIGNAL NAME: runs what is quick and the test NAME, and ends that once it is being run.
stop() {
    rm -f said
    sed '/^test\|^spec/,/^$/d' long.fx > one.fx
    sed -n "/^test \"it is quick\"/,/^\$/p; /^test \"$2\"\|^spec $2/,/^\$/p" long.fx >> one.fx
    python3 in_background.py fx test --seed 1 --schedules 1000000000000 one.fx > said 2> errors & child=$!
    until grep -qs passed said; do sleep 0.05; done
    sleep 0.2
    kill -$1 $child
    wait $child; echo "$2: status $?"
    cat said; grep '^fx:' errors
}
stop INT "it waits"
stop TERM "it computes"
stop INT "it is simulated"
stop TERM counts
