import Console
import Error
import Exit
import File
import List
import Map
import Path
import Random
import String
import Task
import Tcp
import Time

/// Effects of the world, handled: also where library functions written in fx perform them, in other tasks, and through values made elsewhere.

// ---- the handlers ----

cell Printed : String = ""

/// What is printed is kept; what is read comes from a list.
let scripted (lines : List String) (c : a ! {Console | e}) : (a, String) ! e =
  let! ((answer, _), printed) = Printed.run "" (Lines.run lines (on_script c))
  ret (answer, printed)

cell Lines : List String = []

let on_script (c : a ! {Console | e}) : a ! {Lines, Printed | e} =
  handle c with
    | Console.write text ->
      do! keep text
      ret (Ok ())
    | Console.print text -> keep text
    | Console.print_line text -> keep "\(text)\n"
    | Console.error_line text -> keep "error: \(text)\n"
    | Console.is_terminal -> ret False
    | Console.read_line ->
      match! Lines.get
      | [] -> ret None
      | line :: rest ->
        do! Lines.set rest
        ret (Some line)
    | Console.read_all ->
      let! rest = Lines.get
      do! Lines.set []
      ret (String.join "\n" rest)

let keep (text : String) : Unit ! {Printed | e} = Printed.update (fun before -> before ++ text)

cell Clock : Int = 0

/// A clock that stands still but for sleeping.
let from_time (start : Int) (c : a ! {Time | e}) : a ! e =
  let! (answer, _) = Clock.run start (handle c with
    | Time.get -> Clock.get
    | Time.now -> Clock.get
    | Time.monotonic -> Clock.get
    | Time.sleep milliseconds -> Clock.update (fun now -> now + milliseconds))
  ret answer

cell Files : Map.Map String String = Map.empty

let change (f : Map.Map String String -> Map.Map String String) : Result Unit Error.Error ! {Files | e} =
  do! Files.update f
  ret (Ok ())

let lookup (path : String) : Result String Error.Error ! {Files | e} =
  let! files = Files.get
  ret (match Map.get path files
    | Some text -> Ok text
    | None -> Err Error.NotFound)

let unsupported : Result a Error.Error ! e = ret (Err Error.NotSupported)

let in_memory (files : List (String, String)) (c : a ! {File | e}) : (a, Map.Map String String) ! e = Files.run (Map.from_list files) (by_table c)

// What needs an open file is asked outside, for the program cannot make one.
let by_table (c : a ! {File | e}) : a ! {Files | e} =
  handle c with
  | File.read path -> lookup path
  | File.write path text -> change (Map.insert path text)
  | File.replace path text -> change (Map.insert path text)
  | File.append path more ->
    let! files = Files.get
    change (Map.insert path (Map.get_or "" path files ++ more))
  | File.delete path -> change (Map.remove path)
  | File.list folder ->
    let! files = Files.get
    ret (Ok (List.filter (fun path -> Path.parent path == folder) (Map.keys files)))
  | File.stat _ -> unsupported
  | File.stat_at_hand _ -> ret None
  | File.read_at_hand _ _ -> ret None
  | File.stat_link _ -> unsupported
  | File.exists path ->
    let! files = Files.get
    ret (Map.contains path files)
  | File.real_path path -> ret (Ok path)
  | File.rename old new ->
    match! lookup old
    | Err error -> ret (Err error)
    | Ok text -> change (fun files -> Map.insert new text (Map.remove old files))
  | File.copy _ _ -> unsupported
  | File.make_link _ _ -> unsupported
  | File.read_link _ -> unsupported
  | File.set_permissions _ _ -> unsupported
  | File.make_directory _ -> ret (Ok ())
  | File.make_directories _ -> ret (Ok ())
  | File.remove_directory _ -> ret (Ok ())
  | File.remove_all path -> change (Map.filter (fun name _ -> not (String.starts_with path name)))
  | File.make_temporary_directory prefix -> ret (Ok "/memory/\(prefix)")
  | File.make_temporary_file prefix ->
    let! _ = change (Map.insert "/memory/\(prefix)" "")
    ret (Ok "/memory/\(prefix)")
  | File.open_read _ -> unsupported
  | File.open_write _ -> unsupported
  | File.read_at _ _ _ -> unsupported
  | File.write_at _ _ _ -> unsupported
  | File.set_size _ _ -> unsupported
  | File.stat_open _ -> unsupported
  | File.sync _ -> unsupported
  | File.close _ -> ret ()
  | File.watch _ -> unsupported
  | File.changes _ -> unsupported
  | File.stop_watch _ -> ret ()

let caught (c : a ! {Exit | e}) : Either Int a ! e =
  handle c with
  | ret x -> ret (Right x)
  | Exit.exit status -> ret (Left status)

/// Chance that comes slowly: a clause of an operation that does not wait may wait.
let slow_dice (c : a ! {Random, Time | e}) : a ! {Time | e} =
  handle c with
  | Random.int least _ ->
    do! Time.sleep 1
    ret least
  | Random.float -> ret 0.5
  | Random.bytes count ->
    do! Time.sleep 1
    ret (String.repeat count "x")

/// All that chance could bring.
let each_of_two (c : a ! {Random | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Random.int least most resume ->
    let! low = resume least
    let! high = resume most
    ret (low ++ high)
  | ctl Random.float resume -> resume 0.5
  | ctl Random.bytes _ _ -> ret []

// ---- what is handled ----

let say (text : String) : Unit ! {Console | e} = Console.print_line text

let greet : Int ! {Console} =
  do! Console.print "Who? "
  match! Console.read_line
  | None -> ret 0
  | Some name ->
    do! say "Hello \(name)!"
    do! Console.error_line "that was \(name)"
    let! n = greet
    ret (n + 1)

let report (path : String) : Unit ! {Console, File} =
  match! File.read path
  | Ok text -> say "\(path): \(text)"
  | Err error -> say "\(path): \(Error.message error)"

let edit : List String ! {Console, File} =
  do! report "/etc/motd"
  let! _ = File.append "/etc/motd" "!"
  do! report "/etc/motd"
  let! _ = File.rename "/etc/motd" "/etc/old"
  do! report "/etc/motd"
  let! used = File.with_temporary_file "draft" (fun path ->
    do! report path
    File.write path "text")
  do! say (show used)
  let! opened = File.with_file "/etc/old" (fun file -> File.read_at file 0 2)
  do! say (show opened)
  match! File.list "/etc"
  | Ok names -> ret names
  | Err _ -> ret []

let twice_reported : Unit ! {Console, File} =
  do! report "x"
  let! _ = File.write "x" "y"
  report "x"

let lap : (Int, Int) ! {Time} =
  let! before = Time.monotonic
  do! Time.sleep 3_600_000
  let! after = Time.monotonic
  ret (before, after)

let leave_by_branch (n : Int) : String ! {Console, Exit, Time} =
  let left = bracket (ret ()) (fun _ -> say "left released") (fun _ -> Time.sleep 60_000)
  let right = bracket (ret ()) (fun _ -> say "right released") (fun _ -> if n > 0 then Exit.exit n else Time.sleep 0)
  let! _ = first left right
  ret "stayed"

let leave (text : String) (status : Int) : Unit ! {Console, Exit} =
  do! say text
  Exit.exit status

let nested : List String ! {Console, Exit} =
  let! inner = caught (leave "in" 3)
  let! outer = caught (leave (show inner) 4)
  ret [show inner, show outer]

let dice : (Int, Int, List String) ! {Random} =
  let! a = Random.int 1 6
  let! b = Random.int 10 60
  let! texts = List.map_seq Random.bytes [1, 2]
  ret (a, b, texts)

let keep_asking (ask : Int ! {Time}) : (Int, Int ! {Time}) ! {Time} =
  let! n = ask
  ret (n, ask)

let break_after (text : String) : Unit ! {Console} =
  do! say text
  fault "broken"

let main (_ : List String) : Unit ! {Console, Exit, File, Random, Tcp, Time} =
  let! (n, printed) = scripted ["Ada", "Grace"] greet
  do! say "\(n)\n\(printed)"
  let! (names, files) = in_memory [("/etc/motd", "welcome")] edit
  do! say "\(show names) \(show files)"
  do! report "/nowhere/at/all"
  // through two handlers at once, the inner one's clause asks the outer one
  let! ((_, printed), files) = in_memory [] (scripted [] twice_reported)
  do! say "\(printed)\(show files)"
  let! times = from_time 100 lap
  do! say (show times)
  let! times = join (from_time 1 lap) (from_time 2 (join lap Time.get))
  do! say (show times)
  let! fast = from_time 0 (first (Time.sleep 3_600_000) (ret "right"))
  do! say (show fast)
  let! ended = caught (leave_by_branch 0)
  do! say (show ended)
  let! ended = caught (leave_by_branch 7)
  do! say (show ended)
  let! list = nested
  do! say (show list)
  let! thrown = slow_dice (join dice dice)
  do! say (show thrown)
  let! thrown = slow_dice (first (Time.sleep 60_000) dice)
  do! say (show thrown)
  let! all = each_of_two (join (Random.int 1 6) (Random.int 7 9))
  do! say (show all)
  // a computation belongs to where it is run, not to where it was made
  let! (asked, later) = from_time 5 (keep_asking Time.get)
  let! last = later
  do! say "\(asked) \(last > 1_000_000)"
  let! group = scripted [] (Task.group (fun group ->
    do! Task.spawn group (say "child")
    do! Task.spawn group (say "second")
    ret 5))
  do! say (show group)
  let! isolated = scripted [] (Task.isolate (break_after "before"))
  match isolated
  | (Err why, printed) -> say "\(why.message) after \(show printed)"
  | (Ok (), _) -> say "no fault"
