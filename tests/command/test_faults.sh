# fx test --faults: what a program does when the world answers otherwise than its spec says.
cat > faults.fx <<'END'
import Console
import Error
import File

effect Disk =
  open : String -> Result Int Error
  read : Int -> Result String Error
  close : Int -> Unit

let show_file (path : String) : String ! {Disk} =
  match! Disk.open path
  | Err _ -> ret "no file"
  | Ok file ->
    match! Disk.read file
    | Err _ -> ret "unreadable"
    | Ok text ->
      do! Disk.close file
      ret text

spec shows (path : String) =
  show_file path runs
    Disk.open path => Ok 3
    Disk.read 3 => Ok "text"
    Disk.close 3 => ()
  returns "text"

let parse (path : String) : Int ! {File} =
  match! File.read path
  | Ok text -> ret (if text == "" then fault "empty" else 1)
  | Err Error.NotFound -> ret 0
  | Err _ -> fault "cannot be"

spec parses =
  parse "x" runs
    File.read "x" => Ok "12"
  returns 1

let retry (path : String) : String ! {File} =
  match! File.read path
  | Ok text -> ret text
  | Err _ -> retry path

spec retries =
  retry "x" runs
    File.read "x" => Ok "12"
  returns "12"

spec saves =
  save "x" runs
    File.write "notes" "x" => Ok ()
    Console.print_line "saved" => ()
  returns ()
let save (text : String) : Unit ! {Console, File} =
  match! File.write "notes" text
  | Ok () -> Console.print_line "saved"
  | Err error -> Console.print_line "not saved: \(Error.message error)"
END
fx test faults.fx; echo "status $?"
fx test --faults faults.fx; echo "status $?"
fx test --seed 1 --faults --filter saves --json faults.fx; echo "status $?"
fx test --seed 1 --faults --html pages --filter shows faults.fx >/dev/null; grep "class=\"message\"" pages/*
