import Console
import Error
import List
import Process
import Result
import Signal
import String
import Task
import Time

let outcome (result : Result Process.Output Error) : String =
  match result
  | Ok { status, stdout, stderr } -> "\(status) \(show stdout) \(show stderr)"
  | Err error -> Error.message error

let say_run (words : List String) : Unit ! {Console, Process} =
  let! result = Process.run words
  Console.print_line (outcome result)

let script (text : String) : List String = ["sh", "-c", text]

let running : Unit ! {Console, Process} =
  do! say_run ["echo", "two words", "$HOME;"]
  do! say_run (script "echo out; echo err >&2; exit 7")
  do! say_run (script "read line || echo no input")
  do! say_run (script "kill -TERM $$")
  do! say_run ["no-such-program"]
  do! say_run ["./no-such-program"]
  do! say_run ["/dev/null"]
  do! say_run []
  do! say_run ["a\0b"]
  // More than any pipe holds, on both at once.
  match! Process.run (script "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero")
  | Ok { status, stdout, stderr } -> Console.print_line "\(status) \(String.length stdout) \(String.length stderr)"
  | Err error -> Console.print_line (Error.message error)

let setups : Unit ! {Console, Process} =
  let words = script "pwd; echo $NAME; echo $HOME; echo error >&2"
  let! result = Process.run_with { Process.command words with directory = Some "/", environment = Some [("NAME", "a b"), ("EMPTY", "")] }
  do! Console.print_line (outcome result)
  let! result = Process.run_with { Process.command words with directory = Some "/no-such-folder" }
  do! Console.print_line (outcome result)
  let! result = Process.run_with { Process.command ["echo", "unheard"] with stdout = Process.Discarded }
  do! Console.print_line (outcome result)
  do! Console.print_line "before the shell"
  let! status = Process.shell "echo in the shell; exit 3"
  Console.print_line (show status)

// A child of ours begins as one of a shell's does: no signal is blocked, SIGPIPE ends it.
let dispositions : Unit ! {Console, Process} =
  let! blocked = Process.run ["sed", "-n", "s/^SigBlk:[^0-9a-f]*//p", "/proc/self/status"]
  do! Console.print_line (outcome blocked)
  say_run (script "sh -c 'while echo y; do :; done; echo $? >&2' 2>/dev/null | head -n 1; yes | head -n 1")

let talking : Unit ! {Console, Process} =
  let! result = Process.run_on "pear\napple\n" ["sort"]
  do! Console.print_line (outcome result)
  let! result = Process.run_on (String.repeat 300_000 "x") ["true"]
  do! Console.print_line (outcome result)
  let! answers = Process.with_child (Process.command ["cat"]) (fun child ->
    let! first = ask child "one"
    let! second = ask child "two"
    do! Process.close_input child
    let! late = Process.write child "three"
    let! end = Process.read child
    let! status = Process.wait child
    let! again = Process.wait child
    let! killed = Process.kill child
    ret ([first, second, end], late, (status, again), killed))
  do! Console.print_line (show answers)
  let! status = Process.with_child (Process.command ["sleep", "1000"]) (fun child ->
    let! waits = first (Process.wait child) (Process.signal child Signal.Terminate)
    let! status = Process.wait child
    ret (waits, status))
  do! Console.print_line (show status)
  let! unread = Process.with_child { Process.command ["true"] with stdout = Process.Discarded } Process.read
  Console.print_line (show unread)

let ask (child : Process.Child) (text : String) : Result String Error ! {Process} =
  match! Process.write child text
  | Ok () -> Process.read child
  | Err error -> ret (Err error)

// Whoever loses is killed and reaped; none is left when the program ends, nor a zombie.
let cancelled : Unit ! {Console, Process, Time} =
  let! lost = first (Process.run ["sleep", "1000"]) (Time.sleep 5)
  do! Console.print_line (show lost)
  let! lost = first (Process.shell "exec sleep 1000") (Time.sleep 5)
  do! Console.print_line (show lost)
  let! left = Process.with_child (Process.command ["sleep", "1000"]) (fun child -> first (Process.read child) (Time.sleep 5))
  do! Console.print_line (show left)
  let! late = List.map_par (fun n -> Task.timeout (n / 10) (Process.spawn ["sleep", "1000"])) (List.range 1 40)
  do! Console.print_line "\(List.length late)"
  let! result = Process.spawn ["sleep", "1000"]
  do! Console.print_line "\(Result.is_ok result)"
  await_no_zombie

// Those that nobody waits for end when they do.
let await_no_zombie : Unit ! {Console, Process} =
  match! Process.run (script "cat /proc/[0-9]*/stat 2>/dev/null | grep -q \") Z $PPID \"")
  | Ok { status = 0 } -> await_no_zombie
  | other -> Console.print_line (outcome other)

let main (_ : List String) : Unit ! {Console, Process, Time} =
  do! running
  do! setups
  do! dispositions
  do! talking
  do! cancelled
  let! many = List.map_par (fun n -> Process.run ["echo", "\(n)"]) (List.range 1 60)
  Console.print_line (show (List.map (fun n -> Ok { status = 0, stdout = "\(n)\n", stderr = "" }) (List.range 1 60) == many))
