# fx test --schedules N: more schedules than are run in order. Others are chosen at random, by the seed, and the verdict says so.
cat > sampled.fx <<'FX'
import File
import List

cell Last : String = ""

let note (path : String) : Unit ! {File, Last} =
  let! _ = File.read path
  Last.set path

let last_of (paths : List String) : String ! {File, Last} =
  do! List.iter_par note paths
  Last.get

let ends_with_a (paths : List String) : Bool ! {File, Last} =
  let! last = last_of paths
  ret (last == "a")

let length_of_last (paths : List String) : Int ! {File, Last} =
  let! last = last_of paths
  ret (if last == "" then 0 else 1)

spec reads_six (text : String) =
  length_of_last ["a", "b", "c", "d", "e", "f"] runs
    join
      File.read "a" => Ok text
    and
      File.read "b" => Ok text
    and
      File.read "c" => Ok text
    and
      File.read "d" => Ok text
    and
      File.read "e" => Ok text
    and
      File.read "f" => Ok text
  returns 1

/// The schedules that are run in order begin with those in which the first is read first.
spec a_is_never_last =
  ends_with_a ["a", "b", "c", "d", "e", "f"] runs
    join
      File.read "a" => Ok ""
    and
      File.read "b" => Ok ""
    and
      File.read "c" => Ok ""
    and
      File.read "d" => Ok ""
    and
      File.read "e" => Ok ""
    and
      File.read "f" => Ok ""
  returns False
FX
fx test --seed 1 sampled.fx | head -1
fx test --seed 1 --schedules 10 sampled.fx; echo "status $?"
token=$(fx test --seed 1 --schedules 10 --filter a_is --json sampled.fx | sed 's/.*"token":"//; s/".*//')
fx test --replay "$token" sampled.fx | grep 'the '
fx test --seed 2 --schedules 700 --json --filter reads sampled.fx
fx test --schedules some sampled.fx; echo "status $?"
