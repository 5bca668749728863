# fx test --from-record: a recorded run as a spec, which passes; what the world answered and the program said again is a parameter.
cat > greet.fx <<'END'
import Console
import File
import List
import Task
import Time

let main (args : List String) : Int ! {Console, File, Time} =
  do! Console.print_line "Name?"
  match! first (Time.sleep 60_000) Console.read_line
  | Right (Some name) ->
    do! Console.print_line "Hello \(name)!"
    let! texts = List.map_par File.read ["notes", "/nowhere", "notes"]
    let! kinds = Task.timeout 5 (Time.sleep 90_000)
    do! Console.print_line (show (List.length texts))
    ret (if kinds == None then 3 else 4)
  | _ -> ret 1
END
printf 'some text\n' > notes
echo Ann | FX_RECORD=greet.record fx run greet.fx; echo "status $?"
fx test --from-record greet.record greet.fx > spec; echo "status $?"
cat spec
sed '/^import/d' spec > steps
grep '^import' spec | cat - greet.fx steps > both.fx
fx test both.fx
FX_RECORD=nobody.record fx run greet.fx < /dev/null; echo "status $?"
fx test --from-record nobody.record greet.fx; echo "status $?"
fx test --from-record nobody.record; echo "status $?"
fx test --from-record notes greet.fx; echo "status $?"
# A run that a signal has ended: the loser of a race with the moment in which it came.
cat > serve.fx <<'END'
import Console
import Time

let serve (times : Int) : Unit ! {Console, Time} =
  do! Console.print_line "up \(times)"
  do! Time.sleep (if times == 1 then 10 else 600_000)
  serve (times + 1)

let main (_ : List String) : Unit ! {Console, Time} =
  bracket (ret ()) (fun () -> Console.print_line "down") (fun () -> serve 1)
END
fx build serve.fx -o serve
FX_RECORD=serve.record ./serve > said & child=$!
until grep -qs 'up 2' said; do sleep 0.05; done
kill -TERM $child
wait $child; echo "status $?"
fx test --from-record serve.record serve.fx > spec; echo "status $?"
sed -E 's/(Time.sleep) [0-9]+(\)| =)/\1 N\2/; s/ 600000 / /' spec
grep -v '^import' spec | cat serve.fx - > both.fx
fx test both.fx
# A race that is won by what asks nothing; a call that ends in a fault of its own, which no step says.
cat > won.fx <<'END'
import Console
import Random
import Time

let main (args : List String) : Unit ! {Console, Random, Time} =
  match! first (Time.sleep 60_000) (ret 3)
  | Left () -> ret ()
  | Right n ->
    do! Console.print_line "\(n)"
    match args
    | [] -> ret ()
    | _ ->
      let! below = Random.int n 0
      Console.print_line "\(below)"
END
FX_RECORD=won.record fx run won.fx
fx test --from-record won.record won.fx > spec; echo "status $?"
cat spec
grep -v '^import' spec | cat won.fx - > both.fx
fx test both.fx
FX_RECORD=won.record fx run won.fx more 2> /dev/null; echo "status $?"
fx test --from-record won.record won.fx 2> said; echo "status $?"
grep '^fx:' said
# A run that asks more than a thousand times, of texts that occur within others.
cat > count.fx <<'FX'
import Console

let count (n : Int) : Unit ! {Console} =
  match! Console.read_line
  | None -> Console.print_line "\(n)"
  | Some line ->
    do! if line == "line 7" then Console.print_line "seven"
    count (n + 1)

let main (_ : List String) : Unit ! {Console} = count 0
FX
fx build count.fx -o count
seq -f 'line %g' 1100 | FX_RECORD=count.record ./count
fx test --from-record count.record count.fx > spec; echo "status $?"
tail -3 spec
# The program is at both ends of a connection: where a cell of one end tells who came first, no spec knows that.
cat > ends.fx <<'FX'
import Console
import Error
import Tcp

cell Served : Int = 0

let serve (socket : Tcp.Socket) : Unit ! {Served, Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok text ->
    do! Served.update (fun n -> n + 1)
    let! n = Served.get
    let! _ = Tcp.write_all socket "\(text) \(n)"
    serve socket

let ask (text : String) (socket : Tcp.Socket) : Unit ! {Console, Tcp} =
  let! _ = Tcp.write_all socket text
  match! Tcp.read socket
  | Ok answer -> Console.print_line answer
  | Err error -> Console.print_line (Error.message error)

let two (server : Tcp.Socket -> Unit ! {Console, Served, Tcp}) (listener : Tcp.Listener) : Unit ! {Console, Served, Tcp} =
  match! join (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
  | (Ok socket, Ok client) ->
    let! _ = join (server socket) (bracket (ret client) Tcp.close (fun client -> ask "more" client))
    Tcp.close socket
  | _ -> ret ()

let main (args : List String) : Unit ! {Console, Served, Tcp} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let! _ = join (two serve listener) (if args == [] then ret () else two serve listener)
    Tcp.close_listener listener
FX
fx build ends.fx -o ends
FX_RECORD=ends.record ./ends
fx test --from-record ends.record ends.fx > spec; echo "status $?"
FX_RECORD=ends.record ./ends twice > /dev/null
fx test --from-record ends.record ends.fx > spec 2> said; echo "status $?"
grep note said
