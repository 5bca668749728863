import Console
import Error
import File
import List
import String
import Tcp

let say (text : String) : Unit ! {Console | e} = Console.print_line text

let outcome (result : Result a Error) : String =
  match result
  | Ok _ -> "ok"
  | Err error -> Error.message error

// Answers with the other side's name and what it said.
let answer (socket : Tcp.Socket) (peer : String) : Unit ! {Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok text ->
    let! _ = Tcp.write_all socket "\(show peer) said \(text)"
    ret ()

let ask (path : String) (text : String) : Result String Error ! {Tcp} =
  match! Tcp.connect_unix path
  | Err error -> ret (Err error)
  | Ok socket -> bracket (ret socket) Tcp.close (fun socket ->
    let! _ = Tcp.write_all socket text
    Tcp.read socket)

let serving (folder : String) (path : String) (listener : Tcp.Listener) : Unit ! {Console, File, Tcp} =
  let! (_, ()) = join (Tcp.serve_listener listener answer) (
    let! answers = List.map_par (fun n -> ask path "\(n)") (List.range 1 100)
    do! say (show (List.take 2 answers))
    do! say "\(answers == List.map (fun n -> Ok "\"unix:\" said \(n)") (List.range 1 100))"
    let! (again, peer) = join (Tcp.listen_unix path) (peer_of path folder)
    do! say "\(outcome again), \(show peer), \(Tcp.port listener)"
    Tcp.close_listener listener)
  ret ()

let peer_of (path : String) (folder : String) : Result String Error ! {Tcp} =
  match! Tcp.connect_unix path
  | Err error -> ret (Err error)
  | Ok socket ->
    let! name = Tcp.peer socket
    do! Tcp.close socket
    ret (Ok (String.replace folder "FOLDER" name))

let main (_ : List String) : Unit ! {Console, File, Tcp} =
  let! done = File.with_temporary_directory "fx_unix_" (fun folder ->
    let path = "\(folder)/socket"
    let! nobody = ask path "?"
    do! say (show nobody)
    match! Tcp.listen_unix path
    | Err error -> say (Error.message error)
    | Ok listener ->
      do! serving folder path listener
      let! left = File.list folder
      do! say (show left)
      do! leftovers folder path)
  do! say (show done)
  let! long = Tcp.listen_unix (String.repeat 200 "x")
  let! empty = Tcp.listen_unix ""
  let! nul = Tcp.connect_unix "a\0b"
  let! missing = Tcp.listen_unix "no/such/folder/socket"
  say (show [outcome long, outcome empty, outcome nul, outcome missing])

// A socket that lost its name to another stays behind when it is closed, as it does when its program is killed.
let leftovers (folder : String) (path : String) : Unit ! {Console, File, Tcp} =
  let stale = "\(folder)/stale"
  match! Tcp.listen_unix path
  | Err error -> say (Error.message error)
  | Ok listener ->
    let! _ = File.rename path stale
    do! Tcp.close_listener listener
    let! there = File.exists stale
    let! refused = ask stale "?"
    let! replaced = Tcp.listen_unix stale
    do! say "\(there) \(outcome refused), \(outcome replaced)"
    // What took its place is not removed by the listener that is closed.
    let! _ = File.delete stale
    let! _ = File.write stale "a file"
    do! close replaced
    let! kept = File.read stale
    let! occupied = Tcp.listen_unix stale
    let! still = File.read stale
    say "\(show kept) \(outcome occupied) \(show still)"

let close (listening : Result Tcp.Listener Error) : Unit ! {Tcp} =
  match listening
  | Ok listener -> Tcp.close_listener listener
  | Err _ -> ret ()
