# fx test --coverage: what no spec reaches. --replay: one schedule again, by its token.
cat > save.fx <<'END'
import Console
import Error
import File
import Time

let save (text : String) : Unit ! {Console, File} =
  match! File.write "notes" text
  | Ok () -> Console.print_line "saved"
  | Err error -> Console.print_line "not saved: \(Error.message error)"

let save_in_time (text : String) : Unit ! {Console, File, Time} =
  let! _ = first (Time.sleep 1000) (save text)
  ret ()

spec saves (text : String) =
  save text runs
    File.write "notes" text => Ok ()
    Console.print_line "saved" => ()
  returns ()

spec too_late (text : String) =
  save_in_time text runs
    left
      Time.sleep 1000 => ()
    losing
      File.write "notes" text => Ok ()
      Console.print_line "saved" => ()
  returns ()
END
fx test --coverage save.fx; echo "status $?"
fx test --coverage --filter too_late save.fx; echo "status $?"
cp "$TREE/tests/spec/bugs/lost_update.fx" .
token=$(fx test --json lost_update.fx | sed 's/.*"token":"//; s/".*//')
fx test --replay "$token" lost_update.fx | grep -v '|'; echo "status $?"
echo "$token" > token
fx test --replay token lost_update.fx save.fx | tail -1
fx test --replay nonsense lost_update.fx save.fx; echo "status $?"
