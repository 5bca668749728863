/// What goes wrong, and when the server starts and stops: to standard error, or to a file, which is opened by its name for each line, so that
/// it can be renamed at any time.
import File
import Log
import String
import Time

/// Where to: the path of a file, or none.
alias Target = Option String

let info (target : Target) (text : String) : Unit ! {File, Log, Time | e} =
  match target
  | None -> Log.info text
  | Some path -> append path "info" text

let warn (target : Target) (text : String) : Unit ! {File, Log, Time | e} =
  match target
  | None -> Log.warn text
  | Some path -> append path "warn" text

let error (target : Target) (text : String) : Unit ! {File, Log, Time | e} =
  match target
  | None -> Log.error text
  | Some path -> append path "error" text

private let append (path : String) (level : String) (text : String) : Unit ! {File, Time | e} =
  let! now = Time.get
  let! _ = File.append path "\(Time.rfc3339 now) \(String.pad_end 5 " " level) \(String.replace "\n" "\\n" text)\n"
  ret ()
