# fx test on specs that say too much, too little, or what cannot be; a token whose program has changed; the specs of what is imported.
check() { echo "-- $1"; cat > "$1.fx"; fx test --seed 1 "$1.fx"; echo "status $?"; }
check unreachable <<'FX'
import Console

let greet (name : String) : Unit ! {Console} = if name == "" then ret () else Console.print_line name

spec greets (name : String) =
  greet name runs
    if name == "" then
      for _ in []
        Console.print_line "nobody" => ()
    else
      Console.print_line name => ()
  returns ()
FX
check cannot_win <<'FX'
import Console
import Time

spec sleeps_longer =
  first (Time.sleep 10) (Time.sleep 20) runs
    right
      Time.sleep 20 => ()
  returns Right ()

/// Whoever asks nothing has ended before anybody is answered.
spec asks_nothing =
  first (ret ()) (Console.print_line "late") runs
    right
      Console.print_line "late" => ()
  returns Right ()
FX
check unlisted <<'FX'
import File
import Time

let write_two : Unit ! {File} =
  let! _ = File.write "a" ""
  let! _ = File.write "b" ""
  ret ()

/// Its sleeps need not be said, the second file must be.
spec loses =
  first (Time.sleep 10) write_two runs
    left
      Time.sleep 10 => ()
    losing
      File.write "a" "" => Ok ()
  returns Left ()

spec loses_silently =
  first (Time.sleep 10) (Time.sleep 20) runs
    left
      Time.sleep 10 => ()
  returns Left ()
FX
check nothing_else <<'FX'
import Console

spec says_one =
  join (Console.print_line "Hello") (Console.print_line "World") runs
    Console.print_line "Hello" => ()
  returns ((), ())

spec says_three =
  join (Console.print_line "Hello") (Console.print_line "World") runs
    join
      Console.print_line "Hello" => ()
    and
      Console.print_line "World" => ()
    and
      Console.print_line "again" => ()
  returns ((), ())
FX
check not_closed <<'FX'
import Error
import File

/// A value that nobody looks into, such as a handle, is not shown; one that decides is.
let size (path : String) : Int ! {File} =
  match! File.open_read path
  | Err _ -> ret 0
  | Ok file ->
    let! answer = File.stat_open file
    match answer
    | Err _ -> ret 0
    | Ok stat ->
      do! File.close file
      ret stat.size

spec gives_back (path : String) (file : File.Handle) (error : Error) =
  size path runs
    File.open_read path => Ok file
    File.stat_open file => Err error
    File.close file => ()
  returns 0
FX
check others_run <<'FX'
let half (n : Int) : Int = if n == 3 then fault "odd" else n / 2

test "a fault" = half 3 == 1

spec halves (n : Int) =
  ret (half n) runs
  returns n / 2

test "is run all the same" = half 4 == 2
FX
echo "-- a token"
token=$(fx test --json nothing_else.fx | sed -n '1s/.*"token":"//; 1s/".*//p')
sed 's/(Console.print_line "World") runs/(ret ()) runs/' nothing_else.fx > mended.fx
fx test --seed 1 --replay "$token" mended.fx; echo "status $?"
fx test --seed 1 --replay "$token" others_run.fx; echo "status $?"
echo "-- what is imported"
cat > Greet.fx <<'FX'
import Console

let hello : Unit ! {Console} = Console.print_line "hello"

spec says_hello =
  hello runs
    Console.print_line "hello" => ()
  returns ()
FX
cat > imports.fx <<'FX'
import Greet

spec says_it_twice =
  twice runs
    use Greet.says_hello
    use Greet.says_hello
  returns ()

let twice = let! _ = Greet.hello in Greet.hello
FX
fx test imports.fx; echo "status $?"
echo "-- not the same twice"
cat > Counted.fx <<'FX'
/// Called pure, though it is not.
extern let next : Int -> Int = "counted_next"
FX
cat > Counted.c <<'C'
#include "fx.h"
int64_t counted_next(fx_runtime *rt, int64_t n) { static int64_t calls; (void)rt; return n + ++calls; }
C
cat > counts.fx <<'FX'
import Counted
import File
import Promise
import Time

/// Who loses sleeps, or does nothing more.
let read (path : String) : Unit ! {File, Time} =
  let! _ = first (File.read path) (if Counted.next 0 % 2 == 0 then Time.sleep 10 else wait_for_ever)
  ret ()

spec reads =
  read "a" runs
    left
      File.read "a" => Ok ""
  returns ()

let wait_for_ever : Unit ! {Time} =
  let! never : Promise.Promise Unit = Promise.make
  Promise.wait never
FX
fx test --seed 1 counts.fx; echo "status $?"
