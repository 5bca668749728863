import Console
import Dns
import Error
import Int
import List
import Task
import Tcp
import Time

/// What became of an attempt to connect.
type Port = Open | Closed | Silent

/// Milliseconds that a port has to answer in, and how many are asked at once.
let patience : Int = 500
let at_once : Int = 200

/// Whoever has not answered in time is told nothing: the attempt is cancelled, and its socket closed with it.
let probe (address : String) (port : Int) : (Int, Port) ! {Tcp, Time} =
  match! Task.timeout patience (Tcp.connect address port)
  | None -> ret (port, Silent)
  | Some (Err _) -> ret (port, Closed)
  | Some (Ok socket) ->
    do! Tcp.close socket
    ret (port, Open)

let scan (address : String) (first : Int) (last : Int) : Unit ! {Console, Tcp, Time} =
  let! ports = List.map_pool at_once (probe address) (List.range first last)
  let with_state (state : Port) = List.filter (fun (_, found) -> found == state) ports
  do! List.iter_seq (fun (port, _) -> Console.print_line "\(port) is open") (with_state Open)
  let count (state : Port) = List.length (with_state state)
  Console.print_line "\(address): \(count Open) open, \(count Closed) closed, \(count Silent) silent"

let main (arguments : List String) : Int ! {Console, Dns, Tcp, Time} =
  match (List.head arguments, List.map port_of (List.drop 1 arguments))
  | (Some host, []) -> scan_host host 1 1024
  | (Some host, [Some port]) -> scan_host host port port
  | (Some host, [Some first, Some last]) when first <= last -> scan_host host first last
  | _ ->
    do! Console.error_line "usage: port_scanner HOST [PORT | FIRST LAST]"
    ret 2

let port_of (text : String) : Option Int =
  match Int.parse text
  | Some port when port >= 1 && port <= 65_535 -> Some port
  | _ -> None

let scan_host (host : String) (first : Int) (last : Int) : Int ! {Console, Dns, Tcp, Time} =
  match! Dns.resolve host
  | Ok (address :: _) ->
    do! scan address first last
    ret 0
  | Ok [] -> no_host host Error.HostNotFound
  | Err error -> no_host host error

let no_host (host : String) (error : Error) : Int ! {Console} =
  do! Console.error_line "port_scanner: \(host): \(Error.message error)"
  ret 1

/// A port that says nothing is given up when its time is over.
spec a_silent_port (address : String) (port : Int) =
  probe address port runs
    right
      Time.sleep patience => ()
    losing
      Tcp.connect address port => Err Error.TimedOut
  returns (port, Silent)

spec an_open_port (address : String) (port : Int) (socket : Tcp.Socket) =
  probe address port runs
    left
      Tcp.connect address port => Ok socket
    Tcp.close socket => ()
  returns (port, Open)
