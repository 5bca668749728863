/// Pluto, a web server for the files of a folder: `pluto [OPTION]... PORT FOLDER`.
import AccessLog
import Connection
import Console
import Error
import ErrorLog
import File
import Int
import List
import Log
import Option
import Options
import Patience
import Result
import Secrets
import Server
import Signal
import Site
import String
import Tcp
import Time
import User
import Workers

alias World = {Server.World, User, Workers.World}

let main (arguments : List String) : Int ! {World} =
  match Options.parse arguments
  | Options.Help ->
    do! Console.print Options.help
    ret 0
  | Options.Wrong problem -> wrong "\(problem)\n\(Options.usage)"
  | Options.Serve options ->
    do! keep_hangups
    match! Site.find_folder options.folder
    | Err error -> wrong "the folder \(options.folder): \(Error.message error)"
    | Ok folder ->
      match! Secrets.load options
      | Err problem -> wrong problem
      | Ok () ->
        let! patience = Patience.begin options.idle_time options.write_time
        start options arguments (server_of options folder patience)

/// From now on SIGHUP, which would end the program, waits until there is something to renew.
private let keep_hangups : Unit ! {Signal | e} =
  let! _ = first (Signal.wait Signal.Hangup) yield
  ret ()

private let wrong (problem : String) : Int ! {Console | e} =
  do! Console.error_line "pluto: \(problem)"
  ret 2

private let server_of (options : Options.Options) (folder : String) (patience : Patience.Patience) : Connection.Server = {
  site = { folder, lists = options.lists, is_application = options.is_application, caching = options.caching, believes = options.caches,
    holds = options.caches && options.certificate == None, errors = options.error_log },
  options,
  limits = { target = options.longest_target, header = options.longest_header },
  access = {
    target = (match options.access_log | None -> AccessLog.Nowhere | Some "-" -> AccessLog.Output | Some path -> AccessLog.Path path),
    is_json = options.json_log
  },
  patience
}

private let start (options : Options.Options) (arguments : List String) (server : Connection.Server) : Int ! {World} =
  if options.worker != None then serve options server None
  else
    match! open_status options
    | Err problem -> failed problem
    | Ok status -> if options.workers > 1 then oversee options arguments status else serve options server status

private let serve (options : Options.Options) (server : Connection.Server) (status : Option Tcp.Listener) : Int ! {World} =
  match! open_ports options
  | Err problem -> failed problem
  | Ok listeners ->
    match! change_user options.user
    | Err problem -> failed problem
    | Ok () ->
      match! try_files server
      | Err problem -> failed problem
      | Ok () ->
        let announcement = if options.worker == None then announce options (List.map Tcp.port listeners) status else ret ()
        do! Server.run server listeners status announcement
        ret 0

/// Workers open the port themselves; this one only finds out which, and whether that can be done: nobody else may have it.
private let oversee (options : Options.Options) (arguments : List String) (status : Option Tcp.Listener) : Int ! {World} =
  match! open_port_for_workers options
  | Err problem -> failed problem
  | Ok listener ->
    do! Tcp.close_listener listener
    let port = Tcp.port listener
    let! began = Workers.oversee options arguments port status (announce options [port] status)
    ret (if began then 0 else 1)

private let open_port_for_workers (options : Options.Options) : Result Tcp.Listener String ! {Tcp | e} =
  match! Tcp.inherited
  | [] -> open_port False options.address options.port
  | listeners ->
    do! List.iter_seq Tcp.close_listener listeners
    ret (Err "--workers: each opens the port itself, and cannot share the socket that the system has opened (LISTEN_FDS)")

private let failed (problem : String) : Int ! {Console | e} =
  do! Console.error_line "pluto: \(problem)"
  ret 1

/// What the system has opened for this program, or else the port of the command line.
private let open_ports (options : Options.Options) : Result (List Tcp.Listener) String ! {Tcp | e} =
  match! Tcp.inherited
  | [] ->
    let! listener = open_port (options.worker != None) options.address (Option.with_default options.port options.worker)
    ret (Result.map (fun listener -> [listener]) listener)
  | listeners -> ret (Ok listeners)

private let open_port (shared : Bool) (address : String) (port : Int) : Result Tcp.Listener String ! {Tcp | e} =
  let! listener = if shared then Tcp.listen_shared address port else Tcp.listen address port
  ret (Result.map_error (fun error -> "port \(port)\(if address == "0.0.0.0" then "" else " of \(address)"): \(explain port error)") listener)

private let explain (port : Int) (error : Error) : String =
  let message = Error.message error
  match error
  | Error.PermissionDenied when port < 1024 -> "\(message): those below 1024 are for root, and for who has CAP_NET_BIND_SERVICE"
  | Error.AddressInUse -> "\(message): another program listens there"
  | _ -> message

private let open_status (options : Options.Options) : Result (Option Tcp.Listener) String ! {Tcp | e} =
  match options.status
  | None -> ret (Ok None)
  | Some (address, port) ->
    let! listener = open_port False address port
    ret (Result.map Some listener)

private let change_user (user : Option String) : Result Unit String ! {User | e} =
  match user
  | None -> ret (Ok ())
  | Some name ->
    match! User.become name
    | Ok () -> ret (Ok ())
    | Err Error.NotFound -> ret (Err "--user: there is no user \(name)")
    | Err Error.PermissionDenied -> ret (Err "--user: only root can become \(name)")
    | Err error -> ret (Err "--user: becoming \(name): \(Error.message error)")

/// As the user that it has become: whether it may enter the folder and write the logs.
private let try_files (server : Connection.Server) : Result Unit String ! {File | e} =
  let problem what error = Err "\(what): \(Error.message error)"
  match! File.exists "\(server.site.folder)/."
  | False -> ret (problem "the folder \(server.options.folder)" Error.PermissionDenied)
  | True ->
    match! AccessLog.try server.access
    | Err error -> ret (problem "the access log \(Option.with_default "" server.options.access_log)" error)
    | Ok () ->
      match! ErrorLog.try server.options.error_log
      | Err error -> ret (problem "the error log \(Option.with_default "" server.options.error_log)" error)
      | Ok () -> ret (Ok ())

/// Standard output says where Pluto serves; a log in a file of its own says when it began, too.
private let announce (options : Options.Options) (ports : List Int) (status : Option Tcp.Listener) : Unit ! {Console, File, Log, Time | e} =
  let scheme = if options.certificate == None then "http" else "https"
  do! if options.error_log != None then
    ErrorLog.info options.error_log "Pluto starting on \(options.folder), port \(String.join ", " (List.map Int.to_string ports))."
  do! match (status, options.status)
    | (Some listener, Some (address, _)) -> ErrorLog.info options.error_log "Figures are at \(Options.origin "http" address (Tcp.port listener))status"
    | _ -> ret ()
  Console.print_line "Pluto serves \(options.folder) at \(String.join ", " (List.map (Options.origin scheme options.address) ports))"
