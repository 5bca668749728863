/// What goes wrong, and when the server starts and stops: to standard error, or to a file, which is opened by its name for each line, so that
/// it can be renamed at any time. What the file does not take goes to standard error after all.
import Error
import File
import Log
import String
import Time

/// Where to: the path of a file, or none.
alias Target = Option String

let info (target : Target) (text : String) : Unit ! {File, Log, Time | e} = write target "info" text (Log.info text)

let warn (target : Target) (text : String) : Unit ! {File, Log, Time | e} = write target "warn" text (Log.warn text)

let error (target : Target) (text : String) : Unit ! {File, Log, Time | e} = write target "error" text (Log.error text)

/// Whether the file can be written.
let try (target : Target) : Result Unit Error ! {File | e} =
  match target
  | None -> ret (Ok ())
  | Some path -> File.append path ""

private let write (target : Target) (level : String) (text : String) (to_standard_error : Unit ! {File, Log, Time | e}) : Unit ! {File, Log, Time | e} =
  match target
  | None -> to_standard_error
  | Some path ->
    let! now = Time.get
    match! File.append path "\(Time.rfc3339 now) \(String.pad_end 5 " " level) \(String.replace "\n" "\\n" text)\n"
    | Ok () -> ret ()
    | Err _ -> to_standard_error
