/// A server from its start to its end: helpers beside the connections, and a stop that lets answers finish.
import AccessLog
import Connection
import Console
import ErrorLog
import Figures
import Int
import List
import Option
import Options
import Patience
import Promise
import Secrets
import Semaphore
import Signal
import Site
import Status
import Tcp
import Time

alias World = {Connection.Web, Signal}

/// Serves until SIGTERM or SIGINT; then until the last answer has been sent, or the time for that is over. `announce` is done as soon as signals
/// are waited for.
let run (server : Connection.Server) (listeners : List Tcp.Listener) (status : Option Tcp.Listener) (announce : Unit ! {World}) : Unit ! {World} =
  let options = server.options
  do! Figures.start
  let helpers = [AccessLog.keep_flushing server.access options.error_log, renew server, announce, report server status]
  let! _ = first (serve_until_told server listeners) (List.iter_par (fun helper -> helper) helpers)
  do! AccessLog.flush server.access options.error_log
  do! if options.worker == None then ret () else tell_figures 0
  ErrorLog.info options.error_log "Pluto has stopped."

private let serve_until_told (server : Connection.Server) (listeners : List Tcp.Listener) : Unit ! {World} =
  let! limit = Tcp.connection_limit
  let! permits = Semaphore.make (Option.with_default limit server.options.connections)
  let serve listener =
    do! Tcp.accept_speaking listener
    Tcp.serve_sockets permits listener Figures.connected Figures.disconnected (Connection.serve server)
  let! _ = first (List.iter_par serve listeners) (stop_when_told server.options server.patience listeners)
  ret ()

private let stop_when_told (options : Options.Options) (patience : Patience.Patience) (listeners : List Tcp.Listener) : Unit ! {World} =
  if options.worker == None then
    do! told
    stop options patience listeners
  else
    let! bell = Promise.make
    let when_it_rings =
      do! Promise.wait bell
      stop options patience listeners
    let! _ = first when_it_rings (List.iter_par (fun listening -> listening)
      [ring_at bell Signal.Terminate, ring_at bell Signal.Interrupt, ring_when_overseer_goes bell])
    ret ()

private let told : Unit ! {Signal} =
  let! _ = first (Signal.wait Signal.Terminate) (Signal.wait Signal.Interrupt)
  ret ()

/// Ctrl-C goes to a worker and to its overseer, who passes it on: a worker goes on hearing signals, for one that nobody hears would end it at once.
private let ring_at (bell : Promise Unit) (signal : Signal) : Unit ! {World} =
  do! Signal.wait signal
  let! _ = Promise.set bell ()
  ring_at bell signal

/// A worker's standard input ends with its overseer, who asks there for figures, with a number that comes back with them.
private let ring_when_overseer_goes (bell : Promise Unit) : Unit ! {World} =
  match! Console.read_line
  | Some question ->
    do! tell_figures (Option.with_default 0 (Int.parse question))
    ring_when_overseer_goes bell
  | None ->
    let! _ = Promise.set bell ()
    ret ()

private let tell_figures (question : Int) : Unit ! {Console, Figures.Figures} =
  let! counts = Figures.Figures.get
  Console.print "\0\(Figures.to_line question counts)"

private let stop (options : Options.Options) (patience : Patience.Patience) (listeners : List Tcp.Listener) : Unit ! {World} =
  do! Patience.begin_to_stop
  do! ErrorLog.info options.error_log "Pluto is stopping."
  do! if options.drain_time > 0 then Time.sleep options.drain_time
  do! List.iter_seq Tcp.close_listener listeners
  do! Patience.stop patience
  do! Time.sleep options.stop_time
  let! counts = Figures.Figures.get
  do! ErrorLog.warn options.error_log "\(if counts.open == 1 then "1 connection is" else "\(counts.open) connections are") cut off: answering took too long"
  do! Patience.give_up patience
  // In which they come into the access log.
  Time.sleep 1000

private let forever = 1_000_000_000_000

/// On SIGHUP. Logs are opened by their name for each write, so there is nothing to open: what waits goes out. The folder, the certificate and its
/// key may be others by now.
private let renew (server : Connection.Server) : Unit ! {World} =
  do! Signal.wait Signal.Hangup
  do! AccessLog.flush server.access server.options.error_log
  do! Site.renew_folder server.site server.options.folder
  do! Secrets.renew server.options
  renew server

/// A worker tells its overseer its figures each second, of which at most the last is lost when it is killed; otherwise they can be asked for.
private let report (server : Connection.Server) (status : Option Tcp.Listener) : Unit ! {World} =
  match (server.options.worker, status)
  | (Some _, _) ->
    do! tell_figures 0
    do! Time.sleep 1000
    report server status
  | (None, Some listener) -> Tcp.serve_listener listener (Status.serve Figures.Figures.get)
  | (None, None) -> Time.sleep forever
