/// Steps of every kind, where they may stand, and the words for them as names of values.
import Console
import Error
import File
import List
import Task
import Time

let read_one (path : String) : Result String Error ! {File} = File.read path

spec one_read (path : String) (text : String) =
  read_one path runs
    File.read path => Ok text
  returns Ok text

/// Any number of `and` blocks.
spec four_at_once (text : String) =
  List.map_par read_one ["a", "b", "c", "d"] runs
    join
      use one_read "a" text
    and
      use one_read "b" "B"
    and
      File.read "c" => Ok text
    and
      File.read "d" => Ok "D"
  returns [Ok text, Ok "B", Ok text, Ok "D"]

/// Nothing is asked, and what comes out is any expression.
spec asks_nothing (n : Int) =
  ret [n, n] runs
  returns
    let pair = List.map (fun _ -> n) [1, 2]
    if n == 0 then [0, 0] else pair

/// What the spec chooses by its parameters, within each kind of block.
let say_each (lines : List String) : Unit ! {Console} = List.iter_seq Console.print_line lines

spec branches_within (loud : Bool) (late : Bool) =
  Task.timeout 10 (join (say_each ["a", "b"]) (say_each (if loud then ["HO"] else []))) runs
    join
      for line in ["a", "b"]
        Console.print_line line => ()
    and
      if loud then
        Console.print_line "HO" => ()
  returns Some ((), ())

spec branches_of_losers (known : Option String) =
  first (Time.sleep 10) (say_all known) runs
    left
      Time.sleep 10 => ()
    losing
      match known
      | None ->
      | Some name ->
        for word in ["hello", name]
          Console.print_line word => ()
  returns Left ()

let say_all (known : Option String) : Unit ! {Console, Time} =
  match known
  | None -> Time.sleep 20
  | Some name ->
    do! say_each ["hello", name]
    Time.sleep 20

/// A cell is no step, and each spec starts with what is declared.
cell Visits : Int = 7

let visit : Int ! {Visits} =
  do! Visits.update (fun n -> n + 1)
  Visits.get

spec first_visit =
  visit runs
  returns 8

spec first_visit_again =
  visit runs
  returns 8

test "and in a test" = let! n = visit in ret (n == 8)

/// Words only where a step may stand.
let words (use : Int) (left : Int) (right : Int) (losing : Int) : Int =
  let from = use + left
  from + right + losing

spec words_are_names (left : String) (losing : String) =
  say_each [left, losing] runs
    Console.print_line left => ()
    for use in [losing]
      Console.print_line use => ()
  returns ()

test "words" = words 1 2 3 4 == 10
