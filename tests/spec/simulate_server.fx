/// An echo server and two clients in one process: the network is a handler over channels.
import Channel
import Task
import Test

type Connection = { to_server : Channel String, to_client : Channel String }

effect Net =
  connect : Connection
  accept : Connection
  ask : Connection -> String -> Option String
  read : Connection -> Option String
  write : Connection -> String -> Unit

/// Connections, and what is sent on them, arrive in order; how long that takes is open.
let network (c : a ! {Net | e}) : a ! e =
  let! arriving : Channel Connection = Channel.make 8
  handle c with
  | Net.connect ->
    let! to_server = Channel.make 8
    let! to_client = Channel.make 8
    let connection = { to_server = to_server, to_client = to_client }
    let! _ = Channel.send arriving connection
    ret connection
  | Net.accept ->
    let! found = Channel.receive arriving
    match found
    | Some connection -> ret connection
    | None -> fault "nobody closes it"
  | Net.ask connection text ->
    let! _ = Channel.send connection.to_server text
    Channel.receive connection.to_client
  | Net.read connection -> Channel.receive connection.to_server
  | Net.write connection text ->
    let! _ = Channel.send connection.to_client text
    ret ()

cell Served : Int = 0

let echo (connection : Connection) : Unit ! {Net, Served} =
  let! line = Net.read connection
  match line
  | None -> ret ()
  | Some text ->
    do! Net.write connection text
    do! Served.update (fun n -> n + 1)
    echo connection

let serve (group : Task.Group {Net, Served}) : Unit ! {Net, Served} =
  let! connection = Net.accept
  do! Task.spawn group (echo connection)
  serve group

let server : Unit ! {Net, Served} = Task.group serve

let client (name : String) : Bool ! {Net} =
  let! connection = Net.connect
  let! first_answer = Net.ask connection "hello \(name)"
  let! second_answer = Net.ask connection "bye \(name)"
  ret (first_answer == Some "hello \(name)" && second_answer == Some "bye \(name)")

let clients : (Bool, Bool) ! {Net} = join (client "Ada") (client "Kurt")

test "each gets its own echo" = Test.simulate (
  let! ended = network (first server clients)
  ret (ended == Right (True, True)))

test "whatever is sent comes back" (name : String) = Test.simulate (
  let! ended = network (first server (client name))
  ret (ended == Right True))

/// What the server does behind its last answer, it does before anybody else goes on.
test "the server has counted when the clients are done" = Test.simulate (
  let! _ = network (first server clients)
  let! served = Served.get
  ret (Test.equal served 4))
