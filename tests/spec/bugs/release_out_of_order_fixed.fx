// What was locked last is to be unlocked first.
effect Lock =
  acquire : String -> Unit
  release : String -> Unit
  write : String -> Unit

let with_lock (name : String) (c : a ! {Lock | e}) : a ! {Lock | e} =
  bracket (Lock.acquire name) (fun () -> Lock.release name) (fun () -> c)

let save (text : String) : Unit ! {Lock} = with_lock "index" (with_lock "page" (Lock.write text))

spec saves (text : String) =
  save text runs
    Lock.acquire "index" => ()
    Lock.acquire "page" => ()
    Lock.write text => ()
    Lock.release "page" => ()
    Lock.release "index" => ()
  returns ()
