/// Pluto, a web server for the files of a folder: `pluto [OPTION]... PORT FOLDER`.
import AccessLog
import Connection
import Console
import Error
import ErrorLog
import File
import Log
import Options
import Result
import Server
import Site
import Tcp
import Time
import User

let main (arguments : List String) : Int ! {Server.World, User} =
  match Options.parse arguments
  | Options.Help ->
    do! Console.print Options.help
    ret 0
  | Options.Wrong problem -> wrong problem
  | Options.Serve options ->
    match! Site.find_folder options.folder
    | Err error -> wrong "\(options.folder): \(Error.message error)"
    | Ok folder -> start options (server_of options folder)

private let wrong (problem : String) : Int ! {Console | e} =
  do! Console.error_line "pluto: \(problem)\n\(Options.usage)"
  ret 2

private let server_of (options : Options.Options) (folder : String) : Connection.Server = {
  site = { folder, lists = options.lists, is_application = options.is_application, caching = options.caching, believes = options.caches },
  options,
  limits = { target = options.longest_target, header = options.longest_header },
  access = {
    target = (match options.access_log | None -> AccessLog.Nowhere | Some "-" -> AccessLog.Output | Some path -> AccessLog.Path path),
    is_json = options.json_log
  }
}

private let start (options : Options.Options) (server : Connection.Server) : Int ! {Server.World, User} =
  match! open_port options.address options.port
  | Err problem -> failed problem
  | Ok listener ->
    match! open_status options
    | Err problem -> failed problem
    | Ok status ->
      match! change_user options.user
      | Err problem -> failed problem
      | Ok () ->
        do! announce options (Tcp.port listener)
        do! Server.run server [listener] status
        ret 0

private let failed (problem : String) : Int ! {Console | e} =
  do! Console.error_line "pluto: \(problem)"
  ret 1

private let open_port (address : String) (port : Int) : Result Tcp.Listener String ! {Tcp | e} =
  let! listener = Tcp.listen address port
  ret (Result.map_error (fun error -> "port \(port): \(Error.message error)") listener)

private let open_status (options : Options.Options) : Result (Option Tcp.Listener) String ! {Tcp | e} =
  match options.status
  | None -> ret (Ok None)
  | Some (address, port) ->
    let! listener = open_port address port
    ret (Result.map Some listener)

private let change_user (user : Option String) : Result Unit String ! {User | e} =
  match user
  | None -> ret (Ok ())
  | Some name ->
    let! changed = User.become name
    ret (Result.map_error (fun error -> "\(name): \(Error.message error)") changed)

private let announce (options : Options.Options) (port : Int) : Unit ! {Console, File, Log, Time | e} =
  let! now = Time.get
  do! ErrorLog.info options.error_log "Pluto starting on \(options.folder), port \(port), on \(Time.rfc1123 now)."
  Console.print_line "Pluto serves \(options.folder) at http://localhost:\(port)/"
