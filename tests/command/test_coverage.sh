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

spec gives_up (text : String) =
  save_in_time text runs
    left
      Time.sleep 1000 => ()
    losing
      File.write "notes" text => Ok ()
      Console.print_line "saved" => ()
  returns ()

/// What comes too late may have failed.
spec errs_late (text : String) =
  save_in_time text runs
    left
      Time.sleep 1000 => ()
    losing
      File.write "notes" text => Err Error.NotFound
      Console.print_line "not saved: \(Error.message Error.NotFound)" => ()
  returns ()

spec is_refused (text : String) =
  save text runs
    File.write "notes" text => Err Error.PermissionDenied
    Console.print_line "not saved: \(Error.message Error.PermissionDenied)" => ()
  returns ()

spec at_once (text : String) =
  save_in_time text runs
    right
      File.write "notes" text => Ok ()
      Console.print_line "saved" => ()
  returns ()
END
for name in saves gives_up errs_late at_once i; do
  echo "-- $name"; fx test --coverage --filter "$name" save.fx; echo "status $?"
done
fx test --coverage save.fx; echo "status $?"
cp "$TREE/tests/spec/bugs/lost_update.fx" .
token=$(fx test --json lost_update.fx | sed 's/.*"token":"//; s/".*//')
fx test --replay "$token" lost_update.fx | grep -v '|'; echo "status $?"
echo "$token" > token
fx test --replay token lost_update.fx save.fx | tail -1
fx test --replay nonsense lost_update.fx save.fx; echo "status $?"
