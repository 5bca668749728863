// Each fallible operation of Process, when it succeeds and when it fails.
import Error
import Process
import Signal

spec run_ok (words : List String) (answer : Process.Output) =
  Process.run words runs
    Process.run words => Ok answer
  returns Ok answer

spec run_error (words : List String) (error : Error) =
  Process.run words runs
    Process.run words => Err error
  returns Err error

spec run_with_ok (setup : Process.Setup) (answer : Process.Output) =
  Process.run_with setup runs
    Process.run_with setup => Ok answer
  returns Ok answer

spec run_with_error (setup : Process.Setup) (error : Error) =
  Process.run_with setup runs
    Process.run_with setup => Err error
  returns Err error

spec shell_ok (text : String) (answer : Int) =
  Process.shell text runs
    Process.shell text => Ok answer
  returns Ok answer

spec shell_error (text : String) (error : Error) =
  Process.shell text runs
    Process.shell text => Err error
  returns Err error

spec spawn_ok (words : List String) (answer : Process.Child) =
  Process.spawn words runs
    Process.spawn words => Ok answer
  returns Ok answer

spec spawn_error (words : List String) (error : Error) =
  Process.spawn words runs
    Process.spawn words => Err error
  returns Err error

spec spawn_with_ok (setup : Process.Setup) (answer : Process.Child) =
  Process.spawn_with setup runs
    Process.spawn_with setup => Ok answer
  returns Ok answer

spec spawn_with_error (setup : Process.Setup) (error : Error) =
  Process.spawn_with setup runs
    Process.spawn_with setup => Err error
  returns Err error

spec write_ok (child : Process.Child) (text : String) =
  Process.write child text runs
    Process.write child text => Ok ()
  returns Ok ()

spec write_error (child : Process.Child) (text : String) (error : Error) =
  Process.write child text runs
    Process.write child text => Err error
  returns Err error

spec read_ok (child : Process.Child) (answer : String) =
  Process.read child runs
    Process.read child => Ok answer
  returns Ok answer

spec read_error (child : Process.Child) (error : Error) =
  Process.read child runs
    Process.read child => Err error
  returns Err error

spec read_error_ok (child : Process.Child) (answer : String) =
  Process.read_error child runs
    Process.read_error child => Ok answer
  returns Ok answer

spec read_error_error (child : Process.Child) (error : Error) =
  Process.read_error child runs
    Process.read_error child => Err error
  returns Err error

spec kill_ok (child : Process.Child) =
  Process.kill child runs
    Process.kill child => Ok ()
  returns Ok ()

spec kill_error (child : Process.Child) (error : Error) =
  Process.kill child runs
    Process.kill child => Err error
  returns Err error

spec signal_ok (child : Process.Child) (signal : Signal) =
  Process.signal child signal runs
    Process.signal child signal => Ok ()
  returns Ok ()

spec signal_error (child : Process.Child) (signal : Signal) (error : Error) =
  Process.signal child signal runs
    Process.signal child signal => Err error
  returns Err error

// ---- a child ends with whoever uses it, and is waited for ----

spec with_child_ok (setup : Process.Setup) (child : Process.Child) (answer : Result String Error) (status : Int) =
  Process.with_child setup (fun child -> Process.read child) runs
    Process.spawn_with setup => Ok child
    Process.read child => answer
    Process.kill child => Ok ()
    Process.wait child => status
  returns Ok answer

spec with_child_error (setup : Process.Setup) (error : Error) =
  Process.with_child setup (fun child -> Process.read child) runs
    Process.spawn_with setup => Err error
  returns Err error

spec run_on_ok (input : String) (words : List String) (child : Process.Child) (written : Result Unit Error) (status : Int) =
  Process.run_on input words runs
    Process.spawn_with (Process.command words) => Ok child
    join
      Process.write child input => written
      Process.close_input child => ()
    and
      Process.read child => Ok "out"
      Process.read child => Ok ""
    and
      Process.read_error child => Ok "problem"
      Process.read_error child => Ok ""
    Process.wait child => status
    Process.kill child => Ok ()
    Process.wait child => status
  returns Ok { status, stdout = "out", stderr = "problem" }

spec run_on_error (input : String) (words : List String) (error : Error) =
  Process.run_on input words runs
    Process.spawn_with (Process.command words) => Err error
  returns Err error
