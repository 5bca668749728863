# Output that nobody reads any more is an answer, and no program dies of it.
cat > talk.fx <<'FX'
import Console
import Error
import Log

let talk (count : Int) : Unit ! {Console, Log} =
  if count == 0 then Log.error "nobody left"
  else
    match! Console.write "line\n"
    | Ok () -> talk (count - 1)
    | Err error -> Log.write (Error.message error)

let main (_ : List String) : Unit ! {Console, Log} = talk 100000
FX
fx build talk.fx -o talk
{ FX_CHECK=1 ./talk; echo "status $?" >&2; } 2>talk.err | head -n 1
cat talk.err
# What looks at no outcome goes on to its end.
cat > chatter.fx <<'FX'
import Console
import List

let main (_ : List String) : Unit ! {Console} =
  do! List.iter_seq (fun _ -> Console.print_line "line") (List.range 0 100000)
  Console.error_line "done"
FX
fx build chatter.fx -o chatter
{ FX_CHECK=1 ./chatter; echo "status $?" >&2; } 2>chatter.err | head -n 1
cat chatter.err
FX_CHECK=1 ./talk > /dev/full
echo "status $?"
# What was printed and did not arrive is told by the next write, once.
cat > asked.fx <<'FX'
import Console
import Error
import Time

let ask (name : String) : Unit ! {Console} =
  match! Console.write ""
  | Ok () -> Console.error_line "\(name): all has arrived"
  | Err error -> Console.error_line "\(name): \(Error.message error)"

let main (_ : List String) : Unit ! {Console, Time} =
  do! ask "nothing"
  do! Console.print_line "a line"
  do! Time.sleep 1
  do! Console.print_line "another"
  do! ask "two lines"
  ask "nothing more"
FX
fx build asked.fx -o asked
for place in /dev/null /dev/full; do
    FX_CHECK=1 ./asked > $place
    echo "status $?"
done 2>&1
# Standard streams that are closed: no file that the program opens is taken for one of them.
cat > closed.fx <<'FX'
import Console
import Error
import File

let main (_ : List String) : Unit ! {Console, File} =
  let! opened = File.open_write "kept"
  let! said = Console.write "for standard output\n"
  do! Console.error_line "for standard error"
  let! line = Console.read_line
  match! File.write "report" "\(match said | Ok () -> "said" | Err error -> Error.message error), \(show line)\n"
  | _ -> match opened | Ok file -> File.close file | Err _ -> ret ()
FX
fx build closed.fx -o closed
for streams in "<&-" ">&-" "2>&-" "<&- >&- 2>&-"; do
    eval "FX_CHECK=1 ./closed < /dev/null > said 2> error $streams"
    echo "with $streams: status $?, $(cat report), $(cat kept | wc -c) bytes in the file"
done
