/// Pluto, a web server for the files of a folder: `pluto [OPTION]... PORT FOLDER`.
import AccessLog
import Connection
import Console
import Error
import Figures
import Idle
import Log
import Options
import Site
import Task
import Tcp
import Time

let main (arguments : List String) : Int ! {Connection.Web} =
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

private let start (options : Options.Options) (server : Connection.Server) : Int ! {Connection.Web} =
  match! Tcp.listen options.address options.port
  | Err error ->
    do! Console.error_line "pluto: port \(options.port): \(Error.message error)"
    ret 1
  | Ok listener ->
    do! Figures.start
    do! Idle.next_second options.idle_time
    do! announce options (Tcp.port listener)
    do! Task.group (fun group ->
      do! Task.spawn group (Idle.keep_ringing options.idle_time)
      do! Task.spawn group (AccessLog.keep_flushing server.access)
      Tcp.serve_listener listener (Connection.serve server))
    ret 0

private let announce (options : Options.Options) (port : Int) : Unit ! {Console, Log, Time | e} =
  let! now = Time.get
  do! Log.info "Pluto starting on \(options.folder), port \(port), on \(Time.rfc1123 now)."
  Console.print_line "Pluto serves \(options.folder) at http://localhost:\(port)/"
