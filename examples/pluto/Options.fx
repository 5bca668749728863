/// The command line: what an operator may choose. Pure.
import Args
import Int
import List
import Option
import Result
import String

/// Times are in milliseconds, sizes in bytes.
type Options = {
  port : Int,
  folder : String,
  address : String,
  lists : Bool,
  is_application : Bool,
  caching : List (String, String),
  caches : Bool,
  access_log : Option String,   // a path, or "-" for standard output
  json_log : Bool,
  error_log : Option String,    // a path; standard error otherwise
  header_time : Int,
  idle_time : Int,
  write_time : Int,
  stop_time : Int,
  drain_time : Int,
  longest_target : Int,
  longest_header : Int,
  longest_body : Int,
  connections : Option Int,
  health : Option String,
  status : Option (String, Int),
  user : Option String,
  workers : Int,
  worker : Option Int,          // of a worker: the port
  certificate : Option String,
  key : Option String
}

type Command = Help | Wrong String | Serve Options

/// What is so unless it is told otherwise.
let usual (port : Int) (folder : String) : Options = {
  port,
  folder,
  address = "0.0.0.0",
  lists = False,
  is_application = False,
  caching = [],
  caches = True,
  access_log = Some "-",
  json_log = False,
  error_log = None,
  header_time = 10_000,
  idle_time = 60_000,
  write_time = 60_000,
  stop_time = 30_000,
  drain_time = 0,
  longest_target = 8192,
  longest_header = 16_384,
  longest_body = 1_048_576,
  connections = None,
  health = None,
  status = None,
  user = None,
  workers = 1,
  worker = None,
  certificate = None,
  key = None
}

alias Set = String -> Options -> Result Options String

/// Each option, and what its value (or its mere presence) sets.
private let settings : List (Args.Flag, Set) = [
  (Args.value ["--address", "-a"] "ADDRESS" "listen on this address only (0.0.0.0: all of IPv4; :: is all of IPv6 and IPv4)",
    fun text options -> Ok { options with address = without_brackets text }),
  (Args.switch ["--listing", "-l"] "show a folder without index.html as a list",
    fun _ options -> Ok { options with lists = True }),
  (Args.switch ["--spa"] "addresses without a file get index.html",
    fun _ options -> Ok { options with is_application = True }),
  (Args.value ["--cache"] "PATTERN=VALUE" "Cache-Control of files that fit, such as '/assets/**=max-age=31536000, immutable'; the first counts",
    add_caching),
  (Args.switch ["--no-cache"] "read a file anew for each request",
    fun _ options -> Ok { options with caches = False }),
  (Args.value ["--access-log"] "FILE" "a line for each answer; - is standard output (unless told otherwise), off is none",
    name_of_file (fun path options -> { options with access_log = if path == "off" then None else Some path })),
  (Args.switch ["--json"] "the access log's lines are JSON",
    fun _ options -> Ok { options with json_log = True }),
  (Args.value ["--error-log"] "FILE" "what goes wrong, and when it starts and stops; - is standard error (unless told otherwise)",
    name_of_file (fun path options -> { options with error_log = if path == "-" then None else Some path })),
  (Args.value ["--header-time"] "SECONDS" "for a request's header to arrive (10)",
    seconds 1 (fun time options -> { options with header_time = time })),
  (Args.value ["--idle-time"] "SECONDS" "between two requests (60)",
    seconds 1 (fun time options -> { options with idle_time = time })),
  (Args.value ["--write-time"] "SECONDS" "for the client to take a piece of an answer, or to send one of a body (60)",
    seconds 1 (fun time options -> { options with write_time = time })),
  (Args.value ["--stop-time"] "SECONDS" "for answers to finish after SIGTERM (30)",
    seconds 0 (fun time options -> { options with stop_time = time })),
  (Args.value ["--drain-time"] "SECONDS" "after SIGTERM, in which it still accepts while the health path says 503 (0)",
    seconds 0 (fun time options -> { options with drain_time = time })),
  (Args.value ["--target-size"] "BYTES" "longest address (8K)",
    size 1 (fun bytes options -> { options with longest_target = bytes })),
  (Args.value ["--header-size"] "BYTES" "longest header (16K)",
    size 1 (fun bytes options -> { options with longest_header = bytes })),
  (Args.value ["--body-size"] "BYTES" "longest body, which is read and thrown away (1M)",
    size 0 (fun bytes options -> { options with longest_body = bytes })),
  (Args.value ["--connections"] "NUMBER" "at once; more wait to be accepted (three quarters of the descriptors)",
    number 10_000_000 (fun count options -> { options with connections = Some count })),
  (Args.value ["--health"] "PATH" "a path that says 200, and 503 once it stops, such as /healthz",
    set_health),
  (Args.value ["--status"] "ADDRESS:PORT" "figures at /status for people and /metrics for Prometheus, on an address of their own",
    set_status),
  (Args.value ["--certificate"] "FILE" "speak TLS with this certificate and those that vouch for it (PEM); needs --key",
    fun text options -> Ok { options with certificate = Some text }),
  (Args.value ["--key"] "FILE" "the certificate's key (PEM)",
    fun text options -> Ok { options with key = Some text }),
  (Args.value ["--user"] "NAME" "become this user once the port is open",
    fun text options -> Ok { options with user = Some text }),
  (Args.value ["--workers"] "NUMBER" "processes that share the port; one that dies is started again (1)",
    number 1000 (fun count options -> { options with workers = count })),
  (Args.value ["--worker"] "PORT" "what --workers starts; not to be typed",
    fun text options -> Result.map (fun port -> { options with worker = Some port }) (read_port text))
]

private let flags : List Args.Flag = List.map (fun (flag, _) -> flag) settings ++ [Args.switch ["--help", "-h"] "show this"]

let help = Args.usage "pluto [OPTION]... PORT FOLDER" (List.filter (fun flag -> flag.names != ["--worker"]) flags) ++ """

  Serves the files of FOLDER at http://localhost:PORT/. With 0 for PORT it takes a free one and says which.
  """

/// For who has mistyped.
let usage = "Usage: pluto [OPTION]... PORT FOLDER\npluto --help shows the options."

/// What the command line says; `Wrong` has a sentence for the user.
let parse (arguments : List String) : Command =
  match Args.parse flags arguments
  | Err problem -> Wrong problem
  | Ok given ->
    match (Args.has "--help" given, Args.rest given)
    | (True, _) -> Help
    | (False, [_, ""]) -> Wrong "the name of the folder is empty"
    | (False, [port, folder]) ->
      match Result.and_then (fun port -> apply_all given (usual port folder)) (read_port port)
      | Ok options when (options.certificate == None) != (options.key == None) -> Wrong "--certificate and --key go together"
      | Ok options -> Serve options
      | Err problem -> Wrong problem
    | (False, _ :: _ :: further :: _) -> Wrong "after the port and the folder nothing more is expected, and there is \(further)"
    | _ -> Wrong "a port and a folder are needed"

private let apply_all (given : Args.Given) (options : Options) : Result Options String =
  let apply so_far (flag, set) = List.fold (fun result text -> Result.and_then (name_option flag (set text)) result) so_far (values flag given)
  List.fold apply (Ok options) settings

private let name_option (flag : Args.Flag) (set : Options -> Result Options String) (options : Options) : Result Options String =
  Result.map_error (fun problem -> "\(String.concat (List.take 1 flag.names)): \(problem)") (set options)

private let values (flag : Args.Flag) (given : Args.Given) : List String =
  match flag.names
  | name :: _ -> Args.all name given
  | [] -> []

/// Where browsers find a server that listens there.
let origin (scheme : String) (address : String) (port : Int) : String =
  let host =
    if List.contains address ["", "0.0.0.0", "::", "localhost"] then "localhost"
    else if String.contains ":" address then "[\(address)]"
    else address
  "\(scheme)://\(host):\(port)/"

private let read_port (text : String) : Result Int String =
  match Int.parse text
  | Some port when port >= 0 && port <= 65_535 -> Ok port
  | _ -> Err "\(text) is not a port: it must be a number from 0 to 65535"

private let seconds (least : Int) (set : Int -> Options -> Options) (text : String) (options : Options) : Result Options String =
  match Int.parse text
  | Some count when count >= least && count <= 1_000_000 -> Ok (set (count * 1000) options)
  | _ -> Err "\(text) is not a number of seconds: it must be a whole one from \(least) to 1000000"

private let size (least : Int) (set : Int -> Options -> Options) (text : String) (options : Options) : Result Options String =
  let unit = match String.to_upper (String.take_end 1 text) | "K" -> 1024 | "M" -> 1_048_576 | "G" -> 1_073_741_824 | _ -> 1
  match Int.parse (if unit == 1 then text else String.drop_end 1 text)
  | Some count when count >= least && count <= 1_000_000_000 -> Ok (set (count * unit) options)
  | _ -> Err "\(text) is not a size: it must be a number of bytes from \(least) on, such as 512, 16K or 2M"

private let number (most : Int) (set : Int -> Options -> Options) (text : String) (options : Options) : Result Options String =
  match Int.parse text
  | Some count when count >= 1 && count <= most -> Ok (set count options)
  | _ -> Err "\(text) is not a number from 1 to \(most)"

private let name_of_file (set : String -> Options -> Options) (text : String) (options : Options) : Result Options String =
  if text == "" then Err "the name of the file is empty" else Ok (set text options)

private let set_health (text : String) (options : Options) : Result Options String =
  if String.starts_with "/" text then Ok { options with health = Some text } else Err "\(text) is not a path: it must begin with a slash"

private let add_caching (text : String) (options : Options) : Result Options String =
  match String.split_once "=" text
  | Some (pattern, value) when pattern != "" && List.all (fun byte -> byte >= 32 && byte < 127) (String.bytes value) ->
    Ok { options with caching = options.caching ++ [(pattern, value)] }
  | _ -> Err "\(text) is not a pattern and a value, such as '*.css=max-age=3600'"

private let set_status (text : String) (options : Options) : Result Options String =
  match Option.and_then (fun colon -> port_behind colon text) (String.last_index_of ":" text)
  | None -> Err "\(text) is not an address and a port, such as 127.0.0.1:9100"
  | Some (address, port) -> Ok { options with status = Some (address, port) }

private let port_behind (colon : Int) (text : String) : Option (String, Int) =
  match read_port (String.drop (colon + 1) text)
  | Ok port -> Some (without_brackets (String.take colon text), port)
  | Err _ -> None

/// An IPv6 address stands in brackets where a port is behind it, and may elsewhere.
private let without_brackets (address : String) : String =
  if String.starts_with "[" address && String.ends_with "]" address then String.slice 1 (-1) address else address

test "usual values" =
  match parse ["8000", "site"]
  | Serve options -> options.port == 8000 && options.header_time == 10_000 && options.longest_header == 16_384 && options.access_log == Some "-"
  | _ -> False

test "sizes and lists" =
  match parse ["--header-size", "4K", "--cache", "*.css=max-age=60", "--cache=*.js=no-store", "--access-log=off", "--error-log", "-", "0", "."]
  | Serve options -> options.longest_header == 4096 && options.caching == [("*.css", "max-age=60"), ("*.js", "no-store")] && options.access_log == None && options.error_log == None
  | _ -> False

test "where browsers find it" =
  List.map (fun address -> origin "http" address 80) ["0.0.0.0", "::1", "192.0.2.1"] == ["http://localhost:80/", "http://[::1]:80/", "http://192.0.2.1:80/"]

test "what is wrong is said" = parse ["http", "."] == Wrong "http is not a port: it must be a number from 0 to 65535"
