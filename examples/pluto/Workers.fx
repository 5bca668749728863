/// Several processes that share a port. This one, the overseer, serves nobody itself: it starts the workers, starts one again that dies, passes
/// signals on, and adds up their figures.
///
/// A worker's standard output comes here: lines of its access log, and each second its figures behind a NUL. Its standard input is open as
/// long as the overseer lives; when that is gone, it stops.
import Clock
import Console
import Error
import ErrorLog
import Figures
import File
import Int
import List
import Log
import Map
import Option
import Options
import Process
import Promise
import Result
import Signal
import Status
import String
import Tcp
import Time

type Member = {
  child : Process.Child,
  counts : Figures.Counts,
  has_told : Bool,   // its figures: by then it hears signals
  renewed : Int      // so many times SIGHUP had come when it was started, or was told so
}

type Members = {
  by_number : Map Int Member,
  served : Bool,     // one has told its figures
  stopping : Bool,
  renewals : Int,    // how many times SIGHUP has come
  failed : Bool      // none could serve
}

/// What all workers are started with, and the promise that one of them serves.
type Setup = { command : List String, served : Promise Unit }

cell Team : Members = { by_number = Map.empty, served = False, stopping = False, renewals = 0, failed = False }

alias World = {Clock.Clock, Console, File, Log, Process, Signal, Tcp, Team, Time}

/// Starts the workers with this command line on this port, and answers when all have ended: False when they could not even begin. `announce` is
/// done as soon as one of them serves.
let oversee (options : Options.Options) (arguments : List String) (port : Int) (status : Option Tcp.Listener) (announce : Unit ! {World})
    : Bool ! {World} =
  let! program = File.real_path itself
  let! served = Promise.make
  let setup = { command = Result.with_default itself program :: List.append arguments ["--worker", Int.to_string port], served }
  let helpers = [pass_on_hangups, announce_served setup announce, report status]
  let! _ = first (work_until_told options setup) (List.iter_par (fun helper -> helper) helpers)
  let! team = Team.get
  do! ErrorLog.info options.error_log "Pluto has stopped."
  ret (not team.failed)

private let announce_served (setup : Setup) (announce : Unit ! {World}) : Unit ! {World} =
  do! Promise.wait setup.served
  announce

/// The program's own file, also when that has been replaced meanwhile.
private let itself = "/proc/self/exe"

private let work_until_told (options : Options.Options) (setup : Setup) : Unit ! {World} =
  let! _ = first (List.iter_par (keep_alive options setup) (List.range 1 options.workers)) (stop_when_told options)
  ret ()

// ---- workers ----

private let keep_alive (options : Options.Options) (setup : Setup) (number : Int) : Unit ! {World} =
  let command = { Process.command setup.command with stderr = Process.Inherited }
  let! before = Team.get
  let! ended = Process.with_child command (attend setup number before.renewals)
  let! team = Team.get
  if team.stopping then ret ()
  else if ended == Ok 1 && not team.served then
    do! ErrorLog.error options.error_log "worker \(number) could not begin, for the reason that it has told"
    do! Team.update (fun team -> { team with failed = True })
    stop_all
  else
    let how = match ended | Ok status -> "ended with status \(status)" | Err error -> "could not be started: \(Error.message error)"
    do! ErrorLog.error options.error_log "worker \(number) \(how) and is started again"
    do! Time.sleep 1000
    keep_alive options setup number

private let attend (setup : Setup) (number : Int) (renewed : Int) (child : Process.Child) : Int ! {World} =
  let! counts = nothing_yet
  do! update (fun members -> Map.insert number { child, counts, has_told = False, renewed } members)
  let! team = Team.get
  let! _ = if team.stopping then Process.signal child Signal.Terminate else ret (Ok ())
  do! listen setup number child ""
  do! update (fun members -> Map.remove number members)
  Process.wait child

private let nothing_yet : Figures.Counts ! {Time | e} =
  let! now = Time.get
  ret { Figures.none with started = now }

private let update (change : Map Int Member -> Map Int Member) : Unit ! {Team} =
  Team.update (fun team -> { team with by_number = change team.by_number })

/// Takes what a worker says, line by line; `begun` is a line that has not ended yet.
private let listen (setup : Setup) (number : Int) (child : Process.Child) (begun : String) : Unit ! {World} =
  match! Process.read child
  | Ok "" | Err _ -> ret ()
  | Ok text ->
    match List.reverse (String.split "\n" (begun ++ text))
    | [] -> ret ()
    | last :: lines ->
      do! List.iter_seq (take_line setup number) (List.reverse lines)
      listen setup number child last

private let take_line (setup : Setup) (number : Int) (line : String) : Unit ! {World} =
  match String.strip_prefix "\0" line
  | None -> Console.print_line line
  | Some figures ->
    match Figures.parse_line figures
    | None -> ret ()
    | Some counts ->
      do! update (fun members -> Map.update number (Option.map (fun member -> { member with counts, has_told = True })) members)
      do! Team.update (fun team -> { team with served = True })
      let! _ = Promise.set setup.served ()
      renew_one number

// ---- signals ----

private let stop_when_told (options : Options.Options) : Unit ! {World} =
  let! _ = first (Signal.wait Signal.Terminate) (Signal.wait Signal.Interrupt)
  do! stop_all
  // They keep the time themselves; who does not is killed.
  do! Time.sleep (options.drain_time + options.stop_time + 5000)
  ErrorLog.warn options.error_log "workers that did not stop are killed"

private let stop_all : Unit ! {World} =
  do! Team.update (fun team -> { team with stopping = True })
  send Signal.Terminate

/// SIGHUP would end a worker that does not hear it yet: that one is told later.
private let pass_on_hangups : Unit ! {World} =
  do! Signal.wait Signal.Hangup
  do! Team.update (fun team -> { team with renewals = team.renewals + 1 })
  let! team = Team.get
  do! List.iter_seq renew_one (Map.keys team.by_number)
  pass_on_hangups

private let renew_one (number : Int) : Unit ! {World} =
  let! team = Team.get
  match Map.get number team.by_number
  | Some member when member.has_told && member.renewed < team.renewals ->
    do! update (fun members -> Map.insert number { member with renewed = team.renewals } members)
    signal_one Signal.Hangup member
  | _ -> ret ()

private let send (signal : Signal) : Unit ! {World} =
  let! team = Team.get
  List.iter_seq (fun member -> signal_one signal member) (Map.values team.by_number)

private let signal_one (signal : Signal) (member : Member) : Unit ! {World} =
  let! _ = Process.signal member.child signal
  ret ()

// ---- figures ----

private let report (status : Option Tcp.Listener) : Unit ! {World} =
  match status
  | None -> Time.sleep 1_000_000_000
  | Some listener -> Tcp.serve_listener listener (Status.serve total)

private let total : Figures.Counts ! {Team, Time | e} =
  let! team = Team.get
  match List.map (fun member -> member.counts) (Map.values team.by_number)
  | [] -> nothing_yet
  | first :: rest -> ret (List.fold Figures.add first rest)
