import Console
import List
import Process
import Task
import Time

// A process that was started for somebody who had lost by then is ended, whenever in its start that came (C5).

let turns (count : Int) : Unit ! e =
  if count > 0 then
    do! yield
    turns (count - 1)

let lose (count : Int) : Unit ! {Process} =
  match! first (turns count) (Process.spawn ["sleep", "1000"])
  | Right (Ok child) -> // it has won
    let! _ = Process.kill child
    ret ()
  | _ -> ret ()

// Processes are counted by the shell, which is one itself. Those that were killed end in a moment.
let children : String = "cat /proc/[0-9]*/stat 2>/dev/null | grep -c \"^[0-9]* (sleep) . $PPID \""

let await_none : Unit ! {Process, Time} =
  match! Process.run ["sh", "-c", children]
  | Ok { stdout = "0\n" } -> ret ()
  | _ ->
    do! Time.sleep 5
    await_none

let main (_ : List String) : Unit ! {Console, Process, Time} =
  do! List.iter_seq lose (List.range 1 40)
  do! List.iter_seq (fun n -> lose (50 * n)) (List.range 1 40)
  do! List.iter_par (fun n -> lose (10 * n)) (List.range 1 40)
  match! Task.timeout 60_000 await_none
  | Some () -> Console.print_line "all of them have ended"
  | None -> Console.print_line "some of them live on"
