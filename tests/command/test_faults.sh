# fx test --faults: what a program does when the world answers otherwise than its spec says.
cat > faults.fx <<'END'
import Console
import Error
import File
import Time

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

cell Done : Int = 0

let read_last (path : String) : Unit ! {File, Done} =
  let! answer = File.read path
  let! done = Done.get
  match answer
  | Ok _ -> ret ()
  | Err _ -> if done == 1 then fault "too late to complain" else ret ()

let read_first (path : String) : Unit ! {File, Done} =
  let! _ = File.read path
  Done.set 1

/// What goes wrong only in one order.
spec reads_both =
  join (read_last "a") (read_first "b") runs
    join
      File.read "a" => Ok ""
    and
      File.read "b" => Ok ""
  returns ((), ())

/// Left open when it is cancelled.
let hold (path : String) : Unit ! {Disk, Time} =
  match! Disk.open path
  | Err _ -> ret ()
  | Ok file ->
    do! Time.sleep 1000
    Disk.close file

spec holds =
  hold "x" runs
    Disk.open "x" => Ok 3
    Time.sleep 1000 => ()
    Disk.close 3 => ()
  returns ()

/// The same of what has a name and no handle.
effect Lock =
  lock : String -> Result Unit Error
  unlock : String -> Unit

let with_lock (name : String) : Unit ! {Lock, Time} =
  match! Lock.lock "\(name).lock"
  | Err _ -> ret ()
  | Ok () ->
    do! Time.sleep 1000
    Lock.unlock (name ++ ".lock")

spec locks (name : String) =
  with_lock name runs
    Lock.lock "\(name).lock" => Ok ()
    Time.sleep 1000 => ()
    Lock.unlock "\(name).lock" => ()
  returns ()

/// Not so in a bracket.
let hold_safely (path : String) : Unit ! {Disk, Time} =
  match! Disk.open path
  | Err _ -> ret ()
  | Ok file -> bracket (ret file) Disk.close (fun _ -> Time.sleep 1000)

spec holds_safely =
  hold_safely "x" runs
    Disk.open "x" => Ok 3
    Time.sleep 1000 => ()
    Disk.close 3 => ()
  returns ()

/// On values that are generated where the program looks at them.
let read_all (paths : List String) : Int ! {File} =
  match paths
  | [] -> ret 0
  | path :: rest ->
    match! File.read path
    | Err Error.NotADirectory -> fault "no directory"
    | _ -> read_all rest

spec reads_all (paths : List String) =
  read_all paths runs
    match paths
    | [] ->
    | path :: rest ->
      File.read path => Ok ""
      use reads_all rest
  returns 0
END
fx test --seed 1 faults.fx; echo "status $?"
fx test --seed 1 --faults faults.fx; echo "status $?"
fx test --seed 1 --faults --filter saves --json faults.fx; echo "status $?"
fx test --seed 1 --faults --html pages --filter shows faults.fx >/dev/null; grep "class=\"message\"" pages/*
# What never ends once its input has. Sockets that are not known are different ones.
cat > relay.fx <<'END'
import Error
import Tcp

let copy (from : Tcp.Socket) (to : Tcp.Socket) : Unit ! {Tcp} =
  match! Tcp.read from
  | Ok text ->
    let! _ = Tcp.write_all to text
    copy from to
  | Err _ -> ret ()

let relay (a : Tcp.Socket) (b : Tcp.Socket) : Unit ! {Tcp} =
  let! _ = join (copy a b) (copy b a)
  ret ()

spec copies (from : Tcp.Socket) (to : Tcp.Socket) =
  copy from to runs
    Tcp.read from => Ok "abc"
    Tcp.write_all to "abc" => Ok ()
    Tcp.read from => Err Error.Closed
  returns ()

spec relays (a : Tcp.Socket) (b : Tcp.Socket) =
  relay a b runs
    join
      Tcp.read a => Ok "abc"
      Tcp.write_all b "abc" => Ok ()
      Tcp.read a => Err Error.Closed
    and
      Tcp.read b => Err Error.Closed
  returns ()

let look_for (n : Int) : Int = if n == 0 then n else look_for (n + 1)

let look_when (path : String) : Int ! {Tcp} =
  match! Tcp.connect path 80
  | Ok _ -> ret 0
  | Err Error.TimedOut -> ret (look_for 1)
  | Err _ -> ret 1

spec looks (socket : Tcp.Socket) =
  look_when "a" runs
    Tcp.connect "a" 80 => Ok socket
  returns 0
END
fx test --faults relay.fx; echo "status $?"
# What goes wrong with two errors only; a deadlock behind an error.
cat > pairs.fx <<'FX'
import File
import Promise

/// Whichever of the two there is.
let settings : String ! {File} =
  match! File.read "mine"
  | Ok text -> ret text
  | Err _ ->
    match! File.read "everybody's"
    | Ok text -> ret text
    | Err _ -> fault "no settings at all"

spec reads_mine =
  settings runs
    File.read "mine" => Ok "a"
  returns "a"

/// Told only when all is well.
let tell (done : Promise.Promise String) : Unit ! {File} =
  match! File.read "a"
  | Err _ -> ret ()
  | Ok text ->
    let! _ = Promise.set done text
    ret ()

let read_and_wait : String ! {File} =
  let! done = Promise.make
  let! (_, text) = join (tell done) (Promise.wait done)
  ret text

spec waits =
  read_and_wait runs
    File.read "a" => Ok "text"
  returns "text"
FX
fx test --seed 1 --faults pairs.fx; echo "status $?"
# Less than was asked for; an error, and then the program is cancelled; cancelled, and then an error.
cat > parts.fx <<'FX'
import Error
import File
import String
import Tcp
import Time

let header (socket : Tcp.Socket) : Char ! {Tcp} =
  match! Tcp.read socket
  | Ok "" | Err _ -> ret ' '
  | Ok text -> ret (if String.length text < 4 then fault "half a header" else 'x')

spec reads_header (socket : Tcp.Socket) =
  header socket runs
    Tcp.read socket => Ok "head"
  returns 'x'

/// Goes on where less was written.
let say (socket : Tcp.Socket) (text : String) : Bool ! {Tcp} =
  if text == "" then ret True
  else
    match! Tcp.write socket text
    | Ok count -> say socket (String.drop count text)
    | Err _ -> ret False

spec says (socket : Tcp.Socket) =
  say socket "hello" runs
    Tcp.write socket "hello" => Ok 5
  returns True

let say_at_once (socket : Tcp.Socket) (text : String) : Bool ! {Tcp} =
  match! Tcp.write socket text
  | Ok count -> if count < String.length text then fault "not all" else ret True
  | Err _ -> ret False

spec says_at_once (socket : Tcp.Socket) =
  say_at_once socket "hello" runs
    Tcp.write socket "hello" => Ok 5
  returns True

effect Lock =
  acquire : Result Int Error
  note : Int -> Result Unit Error
  release : Int -> Unit

/// Tries again a second later, and holds another lock meanwhile.
let noted : Unit ! {Lock, Time} =
  match! Lock.acquire
  | Err _ -> ret ()
  | Ok lock -> bracket (ret lock) let_go note_twice

let let_go (lock : Int) : Unit ! {Lock} =
  let! _ = Lock.note 0
  Lock.release lock

let note_twice (lock : Int) : Unit ! {Lock, Time} =
  match! Lock.note lock
  | Ok () -> ret ()
  | Err _ ->
    match! Lock.acquire
    | Err _ -> ret ()
    | Ok second ->
      do! Time.sleep 1000
      Lock.release second

spec notes =
  noted runs
    Lock.acquire => Ok 7
    Lock.note 7 => Ok ()
    Lock.note 0 => Ok ()
    Lock.release 7 => ()
  returns ()

/// Its release says why it could not write, and that is a fault when it was cancelled.
cell Done : Bool = False

let write_note : Unit ! {Done, File} =
  let! written = File.write "notes" "end"
  let! done = Done.get
  ret (if written == Ok () || done then () else fault "not written")

let wait : Unit ! {Done, Time} =
  do! Time.sleep 1000
  Done.set True

let write_at_end : Unit ! {Done, File, Time} = bracket (ret ()) (fun () -> write_note) (fun () -> wait)

spec writes_at_end =
  write_at_end runs
    Time.sleep 1000 => ()
    File.write "notes" "end" => Ok ()
  returns ()
FX
fx test --seed 1 --faults parts.fx; echo "status $?"
# More pairs than are tried.
cat > many.fx <<'FX'
import File
import List

let read_all : Int ! {File} =
  let! texts = List.map_seq File.read ["a", "b", "c", "d", "e", "f", "g", "h"]
  ret (List.length texts)

spec reads_all =
  read_all runs
    for path in ["a", "b", "c", "d", "e", "f", "g", "h"]
      File.read path => Ok "text"
  returns 8
FX
fx test --seed 1 --faults many.fx; echo "status $?"
