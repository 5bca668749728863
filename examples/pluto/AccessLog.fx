/// A line for each answer: in the combined format that log analysers read, or as JSON.
///
/// Lines for a file are gathered, and one task writes them several times a second, opening the file by its name each time. So a file that
/// has been renamed is not written to any more, nothing waits for the disk, and the lines stay in order.
import Clock
import Console
import Error
import ErrorLog
import File
import Http.Request as Request
import Int
import Json
import List
import Log
import Option
import String
import Task
import Time

/// Where lines go to: standard output, or the file of this path.
type Target = Nowhere | Output | Path String

type Access = { target : Target, is_json : Bool }

/// What is to be written; how many lines have been lost since the file was last written; and whether it could not be.
type Waiting = { text : String, lost : Int, fails : Bool }

cell Lines : Waiting = { text = "", lost = 0, fails = False }

/// In bytes.
private let most_waiting = 16_777_216

/// What was answered to `request` (none: it was no request). `sent` bytes of the body went out; it took so many microseconds.
let write (access : Access) (peer : String) (request : Option Request.Request) (status : Int) (sent : Int) (took : Int)
    : Unit ! {Clock.Clock, Console, Lines, Time} =
  match access.target
  | Nowhere -> ret ()
  | _ ->
    let! clock = Clock.read
    let line = if access.is_json then json clock peer request status sent took else combined clock peer request status sent
    match access.target
    | Path _ -> Lines.update (add line)
    | _ -> Console.print line

private let add (line : String) (waiting : Waiting) : Waiting =
  if String.length waiting.text > most_waiting then { waiting with lost = waiting.lost + 1 }
  else { waiting with text = waiting.text ++ line }

/// Writes what has been gathered: all of it, also when who asked for that is cancelled meanwhile.
let flush (access : Access) (errors : ErrorLog.Target) : Unit ! {File, Lines, Log, Time} = Task.uncancellable (write_gathered access errors)

private let write_gathered (access : Access) (errors : ErrorLog.Target) : Unit ! {File, Lines, Log, Time} =
  match access.target
  | Path path ->
    let! waiting = Lines.get
    if waiting.text == "" then ret ()
    else
      do! Lines.set { waiting with text = "" }
      match! File.append path waiting.text
      | Ok () -> tell_loss path errors
      | Err error ->
        let! before = Lines.get
        do! Lines.update (fun now -> { now with lost = now.lost + String.count "\n" waiting.text, fails = True })
        if before.fails then ret () else ErrorLog.error errors "the access log \(path): \(Error.message error); lines are lost until it can be written again"
  | _ -> ret ()

private let tell_loss (path : String) (errors : ErrorLog.Target) : Unit ! {File, Lines, Log, Time} =
  let! waiting = Lines.get
  if waiting.lost == 0 then ret ()
  else
    do! Lines.set { waiting with lost = 0, fails = False }
    ErrorLog.warn errors "the access log \(path) is written again; lost lines: \(waiting.lost)"

/// Whether the file can be written: a problem is told before the first client comes.
let try (access : Access) : Result Unit Error ! {File | e} =
  match access.target
  | Path path -> File.append path ""
  | _ -> ret (Ok ())

/// Flushes for ever.
let keep_flushing (access : Access) (errors : ErrorLog.Target) : Unit ! {File, Lines, Log, Time} =
  do! Time.sleep 250
  do! flush access errors
  keep_flushing access errors

/// `127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /tour/ HTTP/1.1" 200 5120 "-" "curl/8"`
private let combined (clock : Clock.Written) (peer : String) (request : Option Request.Request) (status : Int) (sent : Int) : String =
  match request
  | None -> "\(host peer) - - [\(clock.log_date)] \"-\" \(status) \(sent) \"-\" \"-\"\n"
  | Some request ->
    "\(host peer) - - [\(clock.log_date)] \"\(Request.method_name request.method) \(quoted request.target) HTTP/1.\(request.minor)\" \(status) \(sent) \"\(quoted_field "Referer" request)\" \"\(quoted_field "User-Agent" request)\"\n"

/// The address without its port, and without the brackets that an IPv6 address has before one.
private let host (peer : String) : String =
  match String.last_index_of ":" peer
  | Some colon -> if String.starts_with "[" peer then String.slice 1 (colon - 1) peer else String.take colon peer
  | None -> peer

test "a host" = host "192.0.2.1:50000" == "192.0.2.1" && host "[2001:db8::1]:50000" == "2001:db8::1"

private let quoted_field (name : String) (request : Request.Request) : String = quoted (Option.with_default "-" (Request.field name request))

/// A quote would end the text early, a tab would begin a column, and what is not ASCII can tell a terminal what to do: these are escaped.
private let quoted (text : String) : String =
  if is_plain text 0 then text else String.concat (List.map escape (String.bytes text))

private let is_plain (text : String) (at : Int) : Bool =
  match String.byte_or_minus at text
  | -1 -> True
  | byte -> stands_for_itself byte && is_plain text (at + 1)

private let stands_for_itself (byte : Int) : Bool = byte >= 32 && byte < 127 && byte != 34 && byte != 92

private let escape (byte : Int) : String =
  match byte
  | 34 -> "\\\""
  | 92 -> "\\\\"
  | _ when stands_for_itself byte -> String.from_bytes [byte]
  | _ -> "\\x\(String.pad_start 2 "0" (Int.to_base 16 byte))"

test "what stands between quotes" = quoted "a \"b\" \\ \t\xc2\x9b" == "a \\\"b\\\" \\\\ \\x09\\xc2\\x9b"

private let json (clock : Clock.Written) (peer : String) (request : Option Request.Request) (status : Int) (sent : Int) (took : Int) : String =
  let about =
    match request
    | None -> []
    | Some request -> [
        ("method", Json.Text (Request.method_name request.method)),
        ("target", Json.Text request.target),
        ("version", Json.Text "1.\(request.minor)"),
        ("referer", Json.Text (Option.with_default "" (Request.field "Referer" request))),
        ("agent", Json.Text (Option.with_default "" (Request.field "User-Agent" request)))
      ]
  Json.to_string (Json.Object ([("time", Json.Text (Time.rfc3339 clock.second)), ("peer", Json.Text peer)] ++ about ++
    [("status", Json.Int status), ("bytes", Json.Int sent), ("microseconds", Json.Int took)])) ++ "\n"
