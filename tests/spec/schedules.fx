/// Schedules: what can change places, what wins, what is cancelled.
import Console
import Time
import File
import List
import Task
import Channel
import Error

cell Total : Int = 0

let read2 (a : String) (b : String) : Unit ! {File} =
  let! _ = File.read a
  let! _ = File.read b
  ret ()

spec disjoint =
  join (read2 "a" "b") (read2 "c" "d") runs
    join
      File.read "a" => Ok ""
      File.read "b" => Ok ""
    and
      File.read "c" => Ok ""
      File.read "d" => Ok ""
  returns ((), ())

spec shared =
  join (read2 "a" "a") (read2 "a" "a") runs
    join
      File.read "a" => Ok ""
      File.read "a" => Ok ""
    and
      File.read "a" => Ok ""
      File.read "a" => Ok ""
  returns ((), ())

let add_well (path : String) : Unit ! {File, Total} =
  let! _ = File.read path
  Total.update (fun n -> n + 1)

let add_both_well : Int ! {File, Total} =
  let! _ = join (add_well "a") (add_well "b")
  Total.get

spec update =
  add_both_well runs
    join
      File.read "a" => Ok ""
    and
      File.read "b" => Ok ""
  returns 2

spec three =
  List.map_par File.read ["a", "b", "c"] runs
    join
      File.read "a" => Ok "A"
    and
      join
        File.read "b" => Ok "B"
      and
        File.read "c" => Ok "C"
  returns [Ok "A", Ok "B", Ok "C"]

spec each (x : String) =
  List.map_seq File.read [x, "b", "c"] runs
    for y in [x, "b", "c"]
      File.read y => Ok y
  returns [Ok x, Ok "b", Ok "c"]

let racing : Either Unit Unit ! {File} = first (read2 "a" "b") (read2 "c" "d")

spec left_wins =
  racing runs
    left
      File.read "a" => Ok ""
      File.read "b" => Ok ""
    losing
      File.read "c" => Ok ""
      File.read "d" => Ok ""
  returns Left ()

spec right_wins =
  racing runs
    right
      File.read "c" => Ok ""
      File.read "d" => Ok ""
    losing
      File.read "a" => Ok ""
      File.read "b" => Ok ""
  returns Right ()

let timed : Option (Result String Error) ! {File, Time} = Task.timeout 100 (File.read "a")

spec timed_out =
  timed runs
    right
      Time.sleep 100 => ()
    losing
      File.read "a" => Ok ""
  returns None

spec in_time =
  timed runs
    File.read "a" => Ok "x"
  returns Some (Ok "x")

/// Whoever has read first is received first.
let collect : Int ! {File} =
  let! channel = Channel.make 1
  let! (_, n) = join (join (send_one channel "a") (send_one channel "b")) (receive_two channel)
  ret n

let send_one (channel : Channel String) (path : String) : Unit ! {File} =
  let! _ = File.read path
  let! _ = Channel.send channel path
  ret ()

let receive_two (channel : Channel String) : Int ! {File} =
  let! a = Channel.receive channel
  let! b = Channel.receive channel
  ret (List.length [a, b])

spec collects =
  collect runs
    join
      File.read "a" => Ok ""
    and
      File.read "b" => Ok ""
  returns 2

let sleepers : Unit ! {Time, Console} =
  let! _ = join (sleep_say 20 "twenty") (sleep_say 10 "ten")
  ret ()

let sleep_say (n : Int) (text : String) : Unit ! {Time, Console} =
  do! Time.sleep n
  Console.print_line text

spec sleeping =
  sleepers runs
    join
      Time.sleep 20 => ()
    and
      Time.sleep 10 => ()
      Console.print_line "ten" => ()
    Console.print_line "twenty" => ()
  returns ()

let grouped : Unit ! {File} =
  Task.group (fun group ->
    do! Task.spawn group (read2 "a" "b")
    do! Task.spawn group (read2 "c" "d")
    let! _ = File.read "e"
    ret ())

spec groups =
  grouped runs
    join
      File.read "e" => Ok ""
    and
      join
        File.read "a" => Ok ""
        File.read "b" => Ok ""
      and
        File.read "c" => Ok ""
        File.read "d" => Ok ""
  returns ()

/// With all who wait, the first to end wins; the others' answers may have come before.
let race_of_three : Unit ! {File} =
  let! _ = first (first (read2 "a" "b") (read2 "c" "d")) (read2 "e" "f")
  ret ()

spec three_race =
  race_of_three runs
    left
      right
        File.read "c" => Ok ""
        File.read "d" => Ok ""
      losing
        File.read "a" => Ok ""
        File.read "b" => Ok ""
    losing
      File.read "e" => Ok ""
      File.read "f" => Ok ""
  returns ()

/// What is held is given back, also by the one that is cancelled.
let guarded : Either Unit Unit ! {File} = first (use_file "a") (read2 "c" "d")

let use_file (path : String) : Unit ! {File} =
  let! _ = File.with_file path (fun held -> File.read_at held 0 10)
  ret ()

spec gives_back (held : File.Handle) =
  guarded runs
    right
      File.read "c" => Ok ""
      File.read "d" => Ok ""
    losing
      File.open_read "a" => Ok held
      File.read_at held 0 10 => Ok ""
      File.close held => ()
  returns Right ()
