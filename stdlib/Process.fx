/// Other programs: running them, and talking with them while they run. A command is a list of the program and its arguments; no shell
/// reads it, so no character in it means anything else. The program is looked for in `PATH`, unless its name has a `/`.
///
/// A status is what the program ended with, or 128 and the number of the signal that ended it, as in a shell.
import Error
import Signal

/// What a program said, and how it ended.
type Output = { status : Int, stdout : String, stderr : String }

/// Where one of a program's three streams leads.
type Stream =
  | Piped      // to this program: `write`, `read`, `read_error`
  | Inherited  // where this program's own leads
  | Discarded  // nowhere; there is nothing to read

/// How a program is started. `command` and a record with other fields make one:
/// `{ Process.command ["make", "all"] with directory = Some "/tmp/build" }`.
type Setup = {
  command : List String,
  stdin : Stream,
  stdout : Stream,
  stderr : Stream,
  directory : Option String,                    // its working directory; None: this program's
  environment : Option (List (String, String))  // all of its variables; None: this program's
}

/// A program that has been started. When nothing refers to it any more, it is killed.
extern type Child

extern effect Process =
  /// Runs a command to its end and answers what it said. It has no input. Cancelled, the program is killed.
  ///
  /// ```fx program
  /// import Console
  /// import Error
  /// import Process
  ///
  /// let main (_ : List String) : Unit ! {Console, Process} =
  ///   match! Process.run ["uname", "-m"]
  ///   | Ok output -> Console.print output.stdout
  ///   | Err Error.NotFound -> Console.error_line "there is no uname here"
  ///   | Err error -> Console.error_line (Error.message error)
  /// ```
  run : List String -> Result Output Error = wait "fx_process_run"
  /// The same with all that can be said about it. Of streams that are not piped the text is `""`; a piped input is empty.
  run_with : Setup -> Result Output Error = wait "fx_process_run_with"
  /// Runs a line of the shell `sh` on this program's own input and output, and answers its status.
  shell : String -> Result Int Error = wait "fx_process_shell"
  /// Starts a command with all three streams piped. `with_child` also ends it.
  spawn : List String -> Result Child Error = wait "fx_process_spawn"
  /// Starts a command as the setup says.
  spawn_with : Setup -> Result Child Error = wait "fx_process_spawn_with"
  /// Writes all of the text to the program's input.
  write : Child -> String -> Result Unit Error = wait "fx_process_write"
  /// Says to the program that no more input comes. Closing twice does nothing.
  close_input : Child -> Unit = "fx_process_close_input"
  /// What the program has written to its output, as soon as there is something; `""` at the end.
  read : Child -> Result String Error = wait "fx_process_read"
  /// The same of what it writes to its standard error.
  read_error : Child -> Result String Error = wait "fx_process_read_error"
  /// Waits for its end, and answers its status.
  wait : Child -> Int = wait "fx_process_wait"
  /// Ends it at once (SIGKILL). One that has ended is left alone.
  kill : Child -> Result Unit Error = "fx_process_kill"
  /// Sends it a signal.
  signal : Child -> Signal -> Result Unit Error = "fx_process_signal"
  /// Its number in the system.
  pid : Child -> Int = "fx_process_pid"

/// A command with all three streams piped, in this program's directory and environment.
///
/// ```fx
/// import Process
///
/// (Process.command ["ls"]).directory == None
/// (Process.command ["ls"]).stdin == Process.Piped
/// ```
let command (words : List String) : Setup =
  { command = words, stdin = Piped, stdout = Piped, stderr = Piped, directory = None, environment = None }

/// Starts a program, gives it to `use`, and ends it, however `use` ends: a program that still runs then is killed.
///
/// ```fx program
/// import Console
/// import Error
/// import Process
///
/// let main (_ : List String) : Unit ! {Console, Process} =
///   match! Process.with_child (Process.command ["bc"]) (fun child -> ask child "6 * 7\n")
///   | Ok (Ok answer) -> Console.print answer
///   | Ok (Err error) | Err error -> Console.error_line (Error.message error)
///
/// let ask (child : Process.Child) (question : String) : Result String Error ! {Process} =
///   match! Process.write child question
///   | Ok () -> Process.read child
///   | Err error -> ret (Err error)
/// ```
let with_child (setup : Setup) (use : Child -> a ! {Process | e}) : Result a Error ! {Process | e} =
  bracket (Process.spawn_with setup) end_spawned (fun spawned ->
    match spawned
    | Ok child ->
      let! answer = use child
      ret (Ok answer)
    | Err error -> ret (Err error))

private let end_spawned (spawned : Result Child Error) : Unit ! {Process | e} =
  match spawned
  | Err _ -> ret ()
  | Ok child ->
    match! Process.kill child
    | Err _ -> ret ()
    | Ok () ->
      let! _ = Process.wait child
      ret ()

/// `run_on input words` runs a command on a text as its input. A program that reads only its beginning is fine.
///
/// ```fx program
/// import Console
/// import Error
/// import Process
///
/// let main (_ : List String) : Unit ! {Console, Process} =
///   match! Process.run_on "pear\napple\n" ["sort"]
///   | Ok output -> Console.print output.stdout
///   | Err error -> Console.error_line (Error.message error)
/// ```
let run_on (input : String) (words : List String) : Result Output Error ! {Process | e} = with_child (command words) (feed input)

private let feed (input : String) (child : Child) : Output ! {Process | e} =
  let! _ = give_all child input
  and! stdout = read_all (Process.read child)
  and! stderr = read_all (Process.read_error child)
  let! status = Process.wait child
  ret { status, stdout, stderr }

private let give_all (child : Child) (input : String) : Unit ! {Process | e} =
  let! _ = Process.write child input
  Process.close_input child

/// All that a reader answers up to its end: `Process.read_all (Process.read child)`.
let read_all (read : Result String Error ! e) : String ! e = read_onto read ""

private let read_onto (read : Result String Error ! e) (text : String) : String ! e =
  match! read
  | Ok "" | Err _ -> ret text
  | Ok more -> read_onto read (text ++ more)
