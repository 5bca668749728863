import Console
import File
import List
import Task
import Time

let load (path : String) : Unit ! {File, Console} =
  do! Console.print_line "loading"
  let! _ = File.read path
  ret ()

let both : Unit ! {File, Console} =
  let! _ = join (load "a") (load "b")
  ret ()

// Which side of the program's `join` a block is about is not said: where both begin with the same question, what is asked later tells.

/// In the order of the program.
spec straight =
  both runs
    join
      Console.print_line "loading" => ()
      File.read "a" => Ok ""
    and
      Console.print_line "loading" => ()
      File.read "b" => Ok ""
  returns ()

/// In the other order.
spec crossed =
  both runs
    join
      Console.print_line "loading" => ()
      File.read "b" => Ok ""
    and
      Console.print_line "loading" => ()
      File.read "a" => Ok ""
  returns ()

let configured (path : String) : String ! {File} =
  let! base = File.read "base"
  let! text = File.read (path)
  match (base, text)
  | (Ok base, Ok text) -> ret (base ++ text)
  | _ -> ret ""

/// What comes first waits: of two equal questions each can be either's.
spec crossed_waiting (a : String) (b : String) =
  join (configured "a") (configured "b") runs
    join
      File.read "base" => Ok "1"
      File.read "b" => Ok b
    and
      File.read "base" => Ok "2"
      File.read "a" => Ok a
  returns ("2" ++ a, "1" ++ b)

/// Three, the last first.
spec three =
  List.map_par configured ["a", "b", "c"] runs
    join
      File.read "base" => Ok "1"
      File.read "c" => Ok ""
    and
      File.read "base" => Ok "2"
      File.read "a" => Ok ""
    and
      File.read "base" => Ok "3"
      File.read "b" => Ok ""
  returns ["2", "3", "1"]

spec group =
  Task.group (fun tasks ->
    do! Task.spawn tasks (load "a")
    Task.spawn tasks (load "b")) runs
    join
      Console.print_line "loading" => ()
      File.read "b" => Ok ""
    and
      Console.print_line "loading" => ()
      File.read "a" => Ok ""
  returns ()

let patient (path : String) : Bool ! {File, Time} =
  match! first (Time.sleep 100) (File.read path)
  | Left () -> ret False
  | Right _ -> ret True

/// Each side of a `join` is a `first`, of which the one that loses is only a sleep.
spec races =
  join (patient "a") (patient "b") runs
    join
      right
        File.read "b" => Ok ""
    and
      right
        File.read "a" => Ok ""
  returns (True, True)

spec late =
  join (patient "a") (patient "b") runs
    join
      left
        Time.sleep 100 => ()
      losing
        File.read "b" => Ok ""
    and
      left
        Time.sleep 100 => ()
      losing
        File.read "a" => Ok ""
  returns (False, False)

spec timed =
  join (Task.timeout 100 (configured "a")) (Task.timeout 100 (configured "b")) runs
    join
      right
        Time.sleep 100 => ()
      losing
        File.read "base" => Ok "1"
        File.read "b" => Ok ""
    and
      right
        Time.sleep 100 => ()
      losing
        File.read "base" => Ok "1"
        File.read "a" => Ok ""
  returns (None, None)

spec one_late =
  join (patient "a") (patient "b") runs
    join
      right
        File.read "b" => Ok ""
    and
      left
        Time.sleep 100 => ()
      losing
        File.read "a" => Ok ""
  returns (False, True)

spec all_paths (a : String) (b : String) =
  join (configured a) (configured b) runs
    join
      File.read "base" => Ok "x"
      File.read b => Ok b
    and
      File.read "base" => Ok "x"
      File.read a => Ok a
  returns ("x" ++ a, "x" ++ b)

let two_of (path : String) : Unit ! {File} =
  let! _ = File.read "base"
  let! _ = File.read path
  ret ()

/// Six in the reverse order.
spec many =
  List.map_par two_of ["0", "1", "2", "3", "4", "5"] runs
    join
      File.read "base" => Ok ""
      File.read "5" => Ok ""
    and
      File.read "base" => Ok ""
      File.read "4" => Ok ""
    and
      File.read "base" => Ok ""
      File.read "3" => Ok ""
    and
      File.read "base" => Ok ""
      File.read "2" => Ok ""
    and
      File.read "base" => Ok ""
      File.read "1" => Ok ""
    and
      File.read "base" => Ok ""
      File.read "0" => Ok ""
  returns [(), (), (), (), (), ()]
