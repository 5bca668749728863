// What was locked last is to be unlocked first.
effect Lock =
  acquire : String -> Unit
  release : String -> Unit
  write : String -> Unit

let save (text : String) : Unit ! {Lock} =
  do! Lock.acquire "index"
  do! Lock.acquire "page"
  do! Lock.write text
  do! Lock.release "index"
  Lock.release "page"

spec saves (text : String) =
  save text runs
    Lock.acquire "index" => ()
    Lock.acquire "page" => ()
    Lock.write text => ()
    Lock.release "page" => ()
    Lock.release "index" => ()
  returns ()
