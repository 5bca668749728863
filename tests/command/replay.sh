# FX_RECORD writes the world's answers; fx run --replay runs them once more, without the world.
cat > greet.fx <<'FX'
import Console
import Env
import File
import List
import Result
import Time

cell Asked : Int = 0

let ask (question : String) : Option String ! {Asked, Console, Time} =
  do! Asked.update (fun n -> n + 1)
  do! Console.print_line question
  match! first (Time.sleep 60000) Console.read_line
  | Left () -> ret None
  | Right answer -> ret answer

let main (arguments : List String) : Int ! {Asked, Console, Env, File, Time} =
  let! name = ask "Name?"
  let! colour = ask "Colour?"
  let! place = Env.get "PLACE"
  let! text = File.read "note.txt"
  let! about = File.stat "note.txt"
  let! opened = File.with_file "note.txt" (fun file -> File.read_at file 1 3)
  let! now = Time.get
  let! asked = Asked.get
  do! Console.print_line (show (name, colour, place, text, Result.is_ok about, opened, now > 0, asked, arguments))
  do! List.iter_seq Console.error_line arguments
  ret 3
FX
printf 'no\\te "it"\n\377' > note.txt
fx build greet.fx -o greet
printf 'Ann\r\nred' | PLACE=here FX_RECORD=run.record ./greet one "two \"words\"" > first.out 2> first.err; echo "status $?"
# (A file that the system has at hand is opened at once where the system can do that.)
plain() { sed -E 's/ [0-9]+\.[0-9]{9}/ TIME/; s/@[0-9]+/@TURN/; s/(stdlib\/[A-Za-z]*\.fx):[0-9:]+/\1/; s/modified = [0-9]+, [^}]*/modified = .../; s/^([0-9]+) (now|@TURN) (TIME main: File.open_read)/\1 NOW_OR_@TURN \3/; s/^([0-9]+ now TIME main: Time.get =>) .*  /\1 ...  /'; }
plain < run.record
rm note.txt
PLACE=elsewhere fx run --replay run.record greet.fx ignored < /dev/null > second.out 2> second.err; echo "status $?"
cmp first.out second.out && cmp first.err second.err && cat second.out second.err
echo "-- a program that has changed"
sed 's/Colour?/Color?/' greet.fx > changed.fx
fx run --replay run.record changed.fx > /dev/null 2> changed.err; echo "status $?"; plain < changed.err
echo "-- that ends earlier, that goes on"
cat > shorter.fx <<'FX'
import Console

let main (_ : List String) : Int ! {Console} =
  do! Console.print_line "Name?"
  ret 3
FX
fx run --replay run.record shorter.fx 2>&1 > /dev/null | plain
sed 's/^  ret 3/  do! Console.print_line "more"\n  ret 3/' greet.fx > longer.fx
fx run --replay run.record longer.fx 2>&1 > /dev/null | plain
echo "-- a recording that was cut short"
head -n 8 run.record > cut.record
fx run --replay cut.record greet.fx 2>&1 > /dev/null | plain
echo "-- what is no recording"
echo "hello" > nonsense; fx run --replay nonsense greet.fx; echo "status $?"
sed '4s/now/then/' run.record > nonsense; fx run --replay nonsense greet.fx; echo "status $?"
fx run --replay missing greet.fx; echo "status $?"
echo "-- a fault is the same fault"
cat > fails.fx <<'FX'
import Console
import Int

let main (_ : List String) : Unit ! {Console} =
  let! line = Console.read_line
  match line
  | None -> ret ()
  | Some text -> Console.print_line (show (10 / Option.with_default 0 (Int.parse text)))
FX
sed -i 's/^import Int/import Int\nimport Option/' fails.fx
fx build fails.fx -o fails
echo 0 | FX_RECORD=fails.record ./fails; echo "status $?"
fx run --replay fails.record fails.fx; echo "status $?"
echo "-- the interpreter replays, but does not record"
FX_RECORD=none FX_TRACE=none fx run --interpret shorter.fx; ls none 2>&1
