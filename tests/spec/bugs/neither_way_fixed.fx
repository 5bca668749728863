// A block of a `join` may be about either side of the program's, but the steps of one block are those of one side.
import File

let copy (from : String) (to : String) : Unit ! {File} =
  let! _ = File.read "settings"
  match! File.read from
  | Err _ -> ret ()
  | Ok text ->
    let! _ = File.write to text
    ret ()

let back_up : Unit ! {File} =
  let! _ = join (copy "a" "a.backup") (copy "b" "b.backup")
  ret ()

spec backs_up (a : String) (b : String) =
  back_up runs
    join
      File.read "settings" => Ok ""
      File.read "b" => Ok b
      File.write "b.backup" b => Ok ()
    and
      File.read "settings" => Ok ""
      File.read "a" => Ok a
      File.write "a.backup" a => Ok ()
  returns ()

/// Of equal questions the first gets the answer that stands first, if what is asked later does not tell otherwise.
spec in_order (a : String) (b : String) =
  join (File.read "x") (File.read "x") runs
    join
      File.read "x" => Ok a
    and
      File.read "x" => Ok b
  returns (Ok a, Ok b)
