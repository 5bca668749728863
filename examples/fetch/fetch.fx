import Args
import Channel
import Console
import Error
import Http.Client as Client
import Int
import List
import String
import Task
import Tcp
import Time

/// Milliseconds that a page has to come in.
let patience : Int = 10_000

let options = [
  Args.switch ["--help", "-h"] "show this and do nothing else",
  Args.value ["--rate", "-r"] "NUMBER" "so many requests begin in a second, at most (10)",
  Args.value ["--at-once", "-n"] "NUMBER" "so many are under way, at most (4)"
]

let main (arguments : List String) : Int ! {Console, Tcp, Time} =
  match Args.parse options arguments
  | Err problem -> misused problem
  | Ok given when Args.has "--help" given ->
    do! Console.print help
    ret 0
  | Ok given ->
    match (number_of "--rate" 10 given, number_of "--at-once" 4 given, Args.rest given)
    | (_, _, []) -> misused "no address"
    | (Some rate, Some at_once, urls) -> fetch_all rate at_once urls
    | _ -> misused "a NUMBER is from 1 to 1000"

let help : String = Args.usage "fetch [OPTION]... URL..." options

let misused (problem : String) : Int ! {Console} =
  do! Console.error_line "fetch: \(problem)\n\(help)"
  ret 2

let number_of (option : String) (otherwise : Int) (given : Args.Given) : Option Int =
  match Args.get option given
  | None -> Some otherwise
  | Some text ->
    match Int.parse text
    | Some number when number >= 1 && number <= 1000 -> Some number
    | _ -> None

/// `pace` never ends: it is cancelled when the last page has come.
let fetch_all (rate : Int) (at_once : Int) (urls : List String) : Int ! {Console, Tcp, Time} =
  let! turns = Channel.make 0
  match! first (List.map_pool at_once (fetch turns) urls) (pace turns (1000 / rate))
  | Left came -> finish (List.all (fun ok -> ok) came)
  | Right () -> ret 1

/// The lines may not have arrived: the disk is full, say.
let finish (all_came : Bool) : Int ! {Console} =
  match! Console.write ""
  | Ok () | Err Error.BrokenPipe -> ret (if all_came then 0 else 1)
  | Err error ->
    do! Console.error_line "fetch: standard output: \(Error.message error)"
    ret 1

/// Gives out a turn, waits, and gives out the next. The channel has no room: a turn that nobody takes at once is not saved up.
let pace (turns : Channel Unit) (pause : Int) : Unit ! {Time} =
  do! Channel.send_or_stop turns ()
  do! Time.sleep pause
  pace turns pause

/// Whether there was an answer that is no error.
let fetch (turns : Channel Unit) (url : String) : Bool ! {Console, Tcp, Time} =
  let! _ = Channel.receive turns
  match! Task.timeout patience (Client.get url)
  | None -> fail url "no answer in \(patience / 1000) seconds"
  | Some (Err failure) -> fail url (Client.message failure)
  | Some (Ok { status, body }) ->
    do! Console.print_line "\(status) \(String.pad_start 8 " " (Int.to_string (String.length body))) \(url)"
    ret (status < 400)

let fail (url : String) (why : String) : Bool ! {Console} =
  do! Console.error_line "fetch: \(url): \(why)"
  ret False
