import Console
import Dns
import Error
import List
import Option
import Result
import String
import Task
import Time
import Udp

let say (text : String) : Unit ! {Console | e} = Console.print_line text

let outcome (result : Result a Error) : String =
  match result
  | Ok _ -> "ok"
  | Err error -> Error.message error

let with_socket (host : String) (use : Udp.Socket -> a ! {Udp | e}) : Result a Error ! {Udp | e} =
  match! Udp.bind host 0
  | Err error -> ret (Err error)
  | Ok socket ->
    let! answer = bracket (ret socket) Udp.close use
    ret (Ok answer)

let text_of (received : Result Udp.Datagram Error) : Result (String, String) Error =
  Result.map (fun d -> (d.host, d.text)) received

let exchange (host : String) (server : Udp.Socket) (client : Udp.Socket) : Unit ! {Console, Udp} =
  let to = Udp.port server
  let! texts = List.map_seq (fun text -> ask host to server client text) ["hello", "", "a\0b", String.repeat 65_507 "x"]
  do! say (show (List.map (fun text -> String.slice 0 10 (Result.with_default "failed" text)) texts))
  let! large = Udp.send client host to (String.repeat 65_508 "x")
  do! say (show large)
  let! waiting = join (Udp.receive server) (join (Udp.receive server) (join (Udp.send client host to "1") (Udp.send client host to "2")))
  let (a, (b, (c, d))) = waiting
  say (show (text_of a, text_of b, c, d))

// There, and back to the host and port it came from.
let ask (host : String) (port : Int) (server : Udp.Socket) (client : Udp.Socket) (text : String) : Result String Error ! {Udp} =
  match! join (Udp.receive server) (Udp.send client host port text)
  | (Err error, _) | (_, Err error) -> ret (Err error)
  | (Ok got, Ok ()) ->
    match! join (Udp.receive client) (Udp.send server got.host got.port got.text)
    | (Ok back, Ok ()) -> ret (if back.port == port then Ok back.text else Err Error.InvalidInput)
    | (Err error, _) | (_, Err error) -> ret (Err error)

let main (_ : List String) : Unit ! {Console, Dns, Time, Udp} =
  let! both = with_socket "127.0.0.1" (fun server -> with_socket "" (exchange "127.0.0.1" server))
  do! say (show both)
  // One of IPv6 talks with those of IPv4.
  let! both = with_socket "::" (fun server -> with_socket "127.0.0.1" (exchange "127.0.0.1" server))
  do! say (show both)
  let! silent = with_socket "127.0.0.1" (fun socket -> Task.timeout 5 (Udp.receive socket))
  do! say (show (Result.map Option.is_none silent))
  let! closed = with_socket "127.0.0.1" (fun socket -> join (Udp.receive socket) (Udp.close socket))
  do! say (show (Result.map (fun (got, _) -> text_of got) closed))
  let! late = with_socket "127.0.0.1" (fun socket ->
    do! Udp.close socket
    join (Udp.receive socket) (Udp.send socket "127.0.0.1" 9 "x"))
  do! say (show (Result.map (fun (got, sent) -> (text_of got, sent)) late))
  let! bad = List.map_seq (fun port -> Udp.bind "127.0.0.1" port) [-1, 65_536]
  do! say (show (List.map outcome bad))
  let! v6 = with_socket "127.0.0.1" (fun socket -> Udp.send socket "::1" 9 "x")
  do! say (show v6)
  let! taken = with_socket "127.0.0.1" (fun socket -> Udp.bind "127.0.0.1" (Udp.port socket))
  do! say (show (Result.map outcome taken))
  let! resolved = List.map_par Dns.resolve ["127.0.0.1", "::1", "[2001:db8::1]", "no..host", "", "a\0b"]
  do! say (show resolved)
  let! cancelled = first (Dns.resolve "no..host") (ret ())
  match cancelled
  | Right () -> say "cancelled"
  | Left result -> say (outcome result)
