/// Several processes that share a port. This one, the overseer, serves nobody itself: it starts the workers, starts one again that dies, passes
/// signals on, and adds up their figures.
///
/// A worker's standard output comes here: lines of its access log, and behind a NUL its figures, each second and when it is asked. Its standard
/// input, on which it is asked, is open as long as the overseer lives; when that is gone, it stops.
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

/// How many have yet to answer, and what rings then.
type Question = { left : Int, answered : Promise Unit }

type Members = {
  by_number : Map Int Member,
  past : Figures.Counts,           // of workers that have ended
  questions : Map Int Question,
  asked : Int,                     // how many questions, ever
  served : Bool,     // one has told its figures
  stopping : Bool,
  renewals : Int,    // how many times SIGHUP has come
  failed : Bool      // none could serve
}

/// What all workers are started with, and the promise that one of them serves.
type Setup = { arguments : List String, served : Promise Unit }

cell Team : Members = { by_number = Map.empty, past = Figures.none, questions = Map.empty, asked = 0, served = False, stopping = False, renewals = 0, failed = False }

alias World = {Clock.Clock, Console, File, Log, Process, Signal, Tcp, Team, Time}

/// Starts the workers with this command line on this port, and answers when all have ended: False when they could not even begin. `announce` is
/// done as soon as one of them serves.
let oversee (options : Options.Options) (arguments : List String) (port : Int) (status : Option Tcp.Listener) (announce : Unit ! {World})
    : Bool ! {World} =
  let! now = Time.get
  do! Team.update (fun team -> { team with past = { Figures.none with started = now, workers = 0 } })
  let! served = Promise.make
  let setup = { arguments = List.append arguments ["--worker", Int.to_string port], served }
  let helpers = [pass_on_hangups, announce_served setup announce, report status]
  let! _ = first (work_until_told options setup) (List.iter_par (fun helper -> helper) helpers)
  let! team = Team.get
  do! ErrorLog.info options.error_log "Pluto has stopped."
  ret (not team.failed)

private let announce_served (setup : Setup) (announce : Unit ! {World}) : Unit ! {World} =
  do! Promise.wait setup.served
  announce

/// The program's own file, also when that has been replaced or removed meanwhile.
private let itself = "/proc/self/exe"

private let work_until_told (options : Options.Options) (setup : Setup) : Unit ! {World} =
  let! _ = first (List.iter_par (keep_alive options setup) (List.range 1 options.workers)) (stop_when_told options)
  ret ()

// ---- workers ----

private let keep_alive (options : Options.Options) (setup : Setup) (number : Int) : Unit ! {World} =
  let! program = File.real_path itself
  let command = { Process.command (Result.with_default itself program :: setup.arguments) with stderr = Process.Inherited }
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
  let! team = Team.get
  let counts = { Figures.none with started = team.past.started }
  do! update (fun members -> Map.insert number { child, counts, has_told = False, renewed } members)
  let! _ = if team.stopping then Process.signal child Signal.Terminate else ret (Ok ())
  do! listen setup number child ""
  do! Team.update (retire number)
  Process.wait child

/// What a worker has done stays in the figures.
private let retire (number : Int) (team : Members) : Members =
  match Map.get number team.by_number
  | None -> team
  | Some { counts } ->
    { team with by_number = Map.remove number team.by_number, past = Figures.add team.past { counts with open = 0, workers = 0 } }

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
    | Some (question, counts) ->
      do! update (fun members -> Map.update number (Option.map (fun member -> { member with counts, has_told = True })) members)
      do! Team.update (fun team -> { team with served = True })
      let! _ = Promise.set setup.served ()
      do! take_answer question
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

private let total : Figures.Counts ! {Process, Team, Time | e} =
  do! ask_all
  let! team = Team.get
  ret (List.fold Figures.add team.past (List.map (fun member -> member.counts) (Map.values team.by_number)))

/// Of a worker that does not answer within a second, what it last told counts.
private let ask_all : Unit ! {Process, Team, Time | e} =
  let! answered = Promise.make
  do! Team.update (fun team -> { team with asked = team.asked + 1 })
  let! { asked, by_number } = Team.get
  match List.filter (fun member -> member.has_told) (Map.values by_number)
  | [] -> ret ()
  | members ->
    do! Team.update (fun team -> { team with questions = Map.insert asked { left = List.length members, answered } team.questions })
    let ask_each = List.iter_par (ask asked) members
    let ask_and_wait =
      do! ask_each
      Promise.wait answered
    let! _ = first ask_and_wait (Time.sleep 1000)
    Team.update (fun team -> { team with questions = Map.remove asked team.questions })

private let ask (question : Int) (member : Member) : Unit ! {Process, Team | e} =
  match! Process.write member.child "\(question)\n"
  | Ok () -> ret ()
  | Err _ -> take_answer question

private let take_answer (number : Int) : Unit ! {Team | e} =
  let! team = Team.get
  match Map.get number team.questions
  | None -> ret ()
  | Some question ->
    let left = question.left - 1
    do! Team.update (fun team -> { team with questions = Map.insert number { question with left } team.questions })
    if left > 0 then ret ()
    else
      let! _ = Promise.set question.answered ()
      ret ()
