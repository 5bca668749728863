# Runs of the examples as specs: each passes as it is printed.
# check NAME RECORDING: the verdict on the spec that is made of the recording, with the program.
check() {
    fx test --from-record "$2" "$1.fx" > spec || { echo "$2: status $?"; return; }
    { grep '^import' spec "$1.fx" -h | sort -u; sed '/^import/d' "$1.fx" spec; } > both.fx
    fx test --seed 1 --filter as_recorded both.fx | sed "s/^\([a-z]*\)  as_recorded .*/$2: \1/"
}
for name in hello/hello hello/concurrent_hello your_name/your_name search/search; do
    cp "$TREE/examples/$name.fx" .
    fx build "$(basename "$name").fx" -o "$(basename "$name")"
done
cp -r "$TREE/examples/search/search.files" files
FX_RECORD=hello.record ./hello
check hello hello.record
FX_RECORD=concurrent.record ./concurrent_hello
check concurrent_hello concurrent.record
echo Ann | FX_RECORD=ann.record ./your_name
check your_name ann.record
FX_RECORD=nobody.record ./your_name < /dev/null
check your_name nobody.record
(cd files && FX_RECORD=../search.record ../search -i sea songs missing songs/two.txt > /dev/null 2>&1; echo "status $?")
check search search.record
# How far the loser came decides what is said behind the race.
cat > counted.fx <<'FX'
import Console
import File
import Time

cell Read : Int = 0

let read_each (paths : List String) : Unit ! {File, Read, Time} =
  match paths
  | [] -> Time.sleep 60_000
  | path :: rest ->
    let! _ = File.read path
    do! Read.update (fun n -> n + 1)
    read_each rest

let main (_ : List String) : Unit ! {Console, File, Read, Time} =
  let! _ = first (read_each ["/dev/null", "/dev/null"]) Console.read_line
  let! n = Read.get
  Console.print_line "\(n > 0)"
FX
fx build counted.fx -o counted
{ until [ "$(grep -cs 'File.read' counted.record)" = 2 ]; do sleep 0.05; done; echo now; } | FX_RECORD=counted.record ./counted
fx test --from-record counted.record counted.fx; echo "status $?"
check counted counted.record
# Lines are shown until the program is told to stop, and are counted then.
cp "$TREE/examples/follow/follow.fx" .
fx build follow.fx -o follow
echo first > log
FX_RECORD=follow.record ./follow e log > said & child=$!
until grep -qs 'stat_open' follow.record; do sleep 0.05; done
echo one >> log
until grep -qs one said; do sleep 0.05; done
kill -TERM $child
wait $child; echo "status $?"
check follow follow.record
# A server on a port that the system chooses, which it prints; a signal ends it.
cp "$TREE/examples/echo/echo.fx" .
fx build echo.fx -o echo
FX_RECORD=echo.record ./echo 0 > said & child=$!
until grep -qs Echoing said; do sleep 0.05; done
python3 - "$(sed 's/.*://' said)" <<'END'
import socket, sys
for text in (b"one", b"two"):
    with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as client:
        client.sendall(text)
        print(client.recv(100))
END
until [ "$(grep -cs 'Tcp.close ' echo.record)" = 2 ]; do sleep 0.05; done
kill -TERM $child
wait $child; echo "status $?"
check echo echo.record
grep -c 'Echoing on 127.0.0.1:\\(Tcp.port listener_1)' spec
# A fault ends it.
cat > divide.fx <<'FX'
import Console
import String

let main (_ : List String) : Unit ! {Console} =
  match! Console.read_line
  | Some text -> Console.print_line "\(6 / String.length text)"
  | None -> ret ()
FX
fx build divide.fx -o divide
echo | FX_RECORD=divide.record ./divide; echo "status $?"
check divide divide.record
grep -v import spec
