import Args
import Console
import Error
import File
import Int
import List
import Path
import String

/// A line that has the text in it.
type Match = { path : String, line : Int, text : String }

/// What was found, and what could not be read.
type Found = { matches : List Match, problems : List (String, Error) }

let options = [
  Args.switch ["--help", "-h"] "show this and do nothing else",
  Args.switch ["--ignore-case", "-i"] "large and small letters are the same",
  Args.switch ["--names", "-l"] "print only the files' names"
]

let main (arguments : List String) : Int ! {Console, File} =
  match Args.parse options arguments
  | Err problem -> misused "\(problem)\n"
  | Ok given when Args.has "--help" given ->
    do! Console.print help
    ret 0
  | Ok given ->
    let ignores_case = Args.has "--ignore-case" given
    match Args.rest given
    | [] -> misused ""
    | text :: paths ->
      let matches = if ignores_case then contains_ignoring_case (String.to_lower text) else String.contains text
      let! found = List.map_par (search_named matches) (if List.is_empty paths then ["."] else paths)
      report (Args.has "--names" given) (together found)

let help : String = Args.usage "search [OPTION]... TEXT [PATH]..." options

let misused (problem : String) : Int ! {Console} =
  do! Console.error_line "\(problem)\(help)"
  ret 2

let contains_ignoring_case (text : String) (line : String) : Bool = String.contains text (String.to_lower line)

/// What the command line names: a link, too, stands for what it leads to.
let search_named (matches : String -> Bool) (path : String) : Found ! {File} =
  match! File.stat path
  | Err error -> ret (unreadable path error)
  | Ok { kind } -> if kind == File.Folder then search_folder matches path else search_file matches path

/// A file's matches, or all those below a directory, in the order of the names: everything is read at once, and the answers are put together
/// as the names stand. Links are not followed.
let search (matches : String -> Bool) (path : String) : Found ! {File} =
  match! File.stat_link path
  | Err error -> ret (unreadable path error)
  | Ok about ->
    match about.kind
    | File.Folder -> search_folder matches path
    | File.Regular -> search_file matches path
    | _ -> ret nothing

let search_folder (matches : String -> Bool) (path : String) : Found ! {File} =
  match! File.list path
  | Err error -> ret (unreadable path error)
  | Ok names ->
    let visible = List.filter (fun name -> not (String.starts_with "." name)) names
    let! found = List.map_par (fun name -> search matches (if path == "." then name else Path.join path name)) visible
    ret (together found)

let search_file (matches : String -> Bool) (path : String) : Found ! {File} =
  match! File.read path
  | Err error -> ret (unreadable path error)
  | Ok text -> ret { matches = matches_in matches path text, problems = [] }

/// A file with a NUL in it holds no lines.
///
/// ```fx
/// matches_in (String.contains "b") "a.txt" "a\nb\nab\n" == [{ path = "a.txt", line = 2, text = "b" }, { path = "a.txt", line = 3, text = "ab" }]
/// matches_in (String.contains "b") "picture" "b\0b" == []
/// ```
let matches_in (matches : String -> Bool) (path : String) (text : String) : List Match =
  if String.contains "\0" text then []
  else
    let numbered = List.map_indexed (fun index line -> { path, line = index + 1, text = line }) (String.lines text)
    List.filter (fun found -> matches found.text) numbered

let nothing : Found = { matches = [], problems = [] }

let unreadable (path : String) (error : Error) : Found = { matches = [], problems = [(path, error)] }

let together (found : List Found) : Found =
  { matches = List.concat_map (fun each -> each.matches) found, problems = List.concat_map (fun each -> each.problems) found }

/// Ends like grep: 0 when something was found, 1 when not, 2 when something could not be read.
let report (only_names : Bool) (found : Found) : Int ! {Console} =
  let lines = if only_names then List.unique (List.map (fun m -> m.path) found.matches) else List.map show_match found.matches
  do! List.iter_seq Console.print_line lines
  do! List.iter_seq (fun (path, error) -> Console.error_line "search: \(path): \(Error.message error)") found.problems
  match! Console.write "" // says what became of the lines
  | Ok () | Err Error.BrokenPipe -> ret (if not (List.is_empty found.problems) then 2 else if List.is_empty lines then 1 else 0)
  | Err error ->
    do! Console.error_line "search: standard output: \(Error.message error)"
    ret 2

let show_match (m : Match) : String = "\(m.path):\(Int.to_string m.line): \(m.text)"
