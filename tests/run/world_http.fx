import Console
import Error
import Http.Client as Client
import List
import Result
import String
import Tcp

let say (text : String) : Unit ! {Console | e} = Console.print_line text

let answers : List (String, String) = [
  ("/length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more"),
  ("/close", "HTTP/1.0 200 Fine\r\n\r\nuntil the end"),
  ("/chunks?a=b", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\na;x=y\r\n0123456789\r\n0\r\n\r\n"),
  ("/early", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"),
  ("/missing", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
  ("/cut", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"),
  ("/nonsense", "220 mail server ready\r\n\r\n"),
  ("/nothing", ""),
  ("/large", "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" ++ String.repeat 200_000 "x")
]

let target_of (request : String) : String =
  match String.split " " request
  | "GET" :: target :: _ -> target
  | _ -> ""

let serve (socket : Tcp.Socket) (_ : String) : Unit ! {Tcp} = serve_after "" socket

let serve_after (so_far : String) (socket : Tcp.Socket) : Unit ! {Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok more ->
    let request = so_far ++ more
    if String.contains "\r\n\r\n" request then answer (target_of request) socket else serve_after request socket

let answer (target : String) (socket : Tcp.Socket) : Unit ! {Tcp} =
  match List.find (fun (path, _) -> path == target) answers
  | None -> ret ()
  | Some (_, text) ->
    let! _ = Tcp.write_all socket text
    ret ()

let tell (path : String) (result : Result Client.Response Client.Failure) : Unit ! {Console} =
  match result
  | Err failure -> say "\(path): \(Client.message failure)"
  | Ok { status, reason, body } -> say "\(path): \(status) \(reason), \(String.length body) bytes, \(show (String.slice 0 20 body))"

let ask (port : Int) (path : String) : Unit ! {Console, Tcp} =
  let! result = Client.get "http://127.0.0.1:\(port)\(path)"
  tell path result

let clients (listener : Tcp.Listener) : Unit ! {Console, Tcp} =
  let port = Tcp.port listener
  do! List.iter_seq (fun (path, _) -> ask port path) answers
  let! result = Client.get_within { header = 1000, body = 1000 } "http://127.0.0.1:\(port)/large"
  do! tell "/large within 1000 bytes" result
  let! many = List.map_par (fun _ -> Client.get "http://127.0.0.1:\(port)/length") (List.range 1 20)
  do! say "\(List.count Result.is_ok many) at once"
  let! gave_up = first (Client.get "http://127.0.0.1:\(port)/length") (ret ())
  do! say (match gave_up | Left _ -> "answered" | Right () -> "given up")
  Tcp.close_listener listener

let main (_ : List String) : Unit ! {Console, Tcp} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> say (Error.message error)
  | Ok listener ->
    let! _ = join (Tcp.serve_listener listener serve) (clients listener)
    do! ask (Tcp.port listener) "/"
    let! result = Client.get "ftp://127.0.0.1/"
    tell "ftp" result
