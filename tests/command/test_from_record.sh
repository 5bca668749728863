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
