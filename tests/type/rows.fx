// Rows are inferred; nobody writes a variable where a closed row will do.
import Console
import List
import Log
import Time

let say text = Console.print_line text
let say_all texts = List.iter_seq say texts
let both a b =
  do! a
  b
let logged c =
  do! Log.write "start"
  let! answer = c
  do! Log.write "end"
  ret answer
let annotated (c : a ! e) : a ! {Log | e} =
  do! Log.write "start"
  c
let wider (text : String) : Unit ! {Console, Log, Time} = say text

// A closed row stands wherever its effects are allowed: arguments, fields, parameters, variables of patterns.
type Job = { name : String, run : Unit ! {Console, Log} }
let job = { name = "say", run = say "hello" }
let run_job { name, run } =
  do! Log.write name
  do! run
  do! Time.sleep 1
  ret name
let apply (f : String -> Unit ! {Log}) =
  do! f "a"
  do! Time.sleep 1
  say "b"
let chosen flag = if flag then say "yes" else Log.write "no"
let actions = [say "a", Log.write "b", ret ()]
let all = List.iter_seq (fun action -> action) actions
let higher (f : (String -> Unit ! {Console, Log}) -> Int) = f say

// Two functions that call each other share one row.
let ping n = if n == 0 then ret () else
  do! Log.write "ping"
  pong (n - 1)
let pong n =
  do! Time.sleep 1
  ping (n - 1)

alias Web = {Console, Log}
let served (port : Int) : Unit ! {Web, Time} = say (show port)
