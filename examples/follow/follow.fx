import Console
import Error
import File
import List
import Signal
import String

/// Lines that were shown.
cell Shown : Int = 0

/// Where the lines go to has no room, or nobody reads there any more.
effect Output =
  lost : Error -> Never

/// How many bytes of a file are read at once.
let piece : Int = 65_536

let main (arguments : List String) : Int ! {Console, File, Shown, Signal} =
  match arguments
  | filter :: path :: more ->
    handle follow_all filter (path :: more) with
    | Output.lost error ->
      do! if error != Error.BrokenPipe then Console.error_line "follow: standard output: \(Error.message error)"
      ret 1
  | _ ->
    do! Console.error_line "usage: follow TEXT FILE..."
    ret 2

let follow_all (filter : String) (paths : List String) : Int ! {Console, File, Output, Shown, Signal} =
  let name_of (path : String) = if List.length paths == 1 then "" else "\(path): "
  match! first (List.map_par (fun path -> follow filter (name_of path) path) paths) told_to_stop
  | Left _ -> ret 1
  | Right () ->
    let! shown = Shown.get
    do! Console.print_line "\(shown) lines with \(show filter)"
    ret 0

let told_to_stop : Unit ! {Signal} =
  let! _ = first (Signal.wait Signal.Interrupt) (Signal.wait Signal.Terminate)
  ret ()

/// Shows what is added to a file from now on, line by line, until the file is gone.
let follow (filter : String) (name : String) (path : String) : Unit ! {Console, File, Output, Shown} =
  let! ended = File.with_watch path (fun watch ->
    match! File.with_file path File.stat_open
    | Err error | Ok (Err error) -> ret error
    | Ok (Ok { kind = File.Folder }) -> ret Error.IsADirectory
    | Ok (Ok about) -> await_changes filter name path watch { at = about.size, rest = "" })
  match ended
  | Ok error | Err error -> Console.error_line "follow: \(path): \(Error.message error)"

/// How far the file has been read, and the line that was not yet at its end there.
type Place = { at : Int, rest : String }

/// Answers only when that cannot go on: the file is gone, say. It is open only while it is read, for the system keeps what is open.
let await_changes (filter : String) (name : String) (path : String) (watch : File.Watch) (place : Place) : Error ! {Console, File, Output, Shown} =
  match! File.changes watch
  | Err error -> ret error
  | Ok _ ->
    match! File.with_file path (catch_up filter name place)
    | Err error | Ok (Err error) -> ret error
    | Ok (Ok place) -> await_changes filter name path watch place

/// A file that has become shorter begins again.
let catch_up (filter : String) (name : String) (place : Place) (file : File.Handle) : Result Place Error ! {Console, File, Output, Shown} =
  match! File.read_at file place.at piece
  | Err error -> ret (Err error)
  | Ok "" ->
    match! File.stat_open file
    | Err error -> ret (Err error)
    | Ok { size } when size < place.at -> catch_up filter name { at = 0, rest = "" } file
    | Ok _ -> ret (Ok place)
  | Ok text ->
    let (lines, rest) = whole_lines (place.rest ++ text)
    do! List.iter_seq (show_line name) (List.filter (String.contains filter) lines)
    catch_up filter name { at = place.at + String.length text, rest } file

/// The lines that have ended, and what comes after the last line end.
///
/// ```fx
/// whole_lines "a\nb\nc" == (["a", "b"], "c")
/// whole_lines "a" == ([], "a")
/// ```
let whole_lines (text : String) : (List String, String) =
  match List.reverse (String.split "\n" text)
  | last :: others -> (List.reverse others, last)
  | [] -> ([], "")

let show_line (name : String) (line : String) : Unit ! {Console, Output, Shown} =
  do! Shown.update (fun shown -> shown + 1)
  match! Console.write "\(name)\(line)\n"
  | Ok () -> ret ()
  | Err error -> Output.lost error
