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
