import Console
import Error
import List
import Process
import Result
import Tcp
import Tls

let say (text : String) : Unit ! {Console | e} = Console.print_line text

let greet (context : Tls.Context) (socket : Tcp.Socket) : Unit ! {Tcp, Tls} =
  let! connection = Tls.accept context socket
  match! Tls.read connection
  | Err _ | Ok "" -> ret ()
  | Ok _ ->
    let! _ = Tls.write_all connection "HTTP/1.0 200 OK\r\n\r\nNobody else has heard that.\n"
    let! _ = Tls.shutdown connection
    ret ()

// A client that trusts the certificate, one that does not, one that speaks no TLS.
let clients (listener : Tcp.Listener) : Unit ! {Console, Process, Tcp} =
  let port = Tcp.port listener
  let ask options = Process.run (["curl", "-s", "--max-time", "60", "--resolve", "localhost:\(port):127.0.0.1"] ++ options)
  let! trusting = ask ["--cacert", "certificate.pem", "https://localhost:\(port)/"]
  do! tell trusting
  let! distrusting = ask ["https://localhost:\(port)/"]
  do! tell distrusting
  let! plain = ask ["http://localhost:\(port)/"]
  do! tell (Result.map (fun output -> { output with stdout = "" }) plain)
  let! many = List.map_par (fun _ -> ask ["--cacert", "certificate.pem", "https://localhost:\(port)/"]) (List.range 1 5)
  do! say "\(many == List.map (fun _ -> trusting) many)"
  Tcp.close_listener listener

let tell (output : Result Process.Output Error) : Unit ! {Console} =
  match output
  | Ok { status = 0, stdout } -> Console.print stdout
  | Ok { stdout } -> say "no connection, and nothing is heard: \(stdout == "")"
  | Err error -> say (Error.message error)

let main (_ : List String) : Unit ! {Console, Process, Tcp, Tls} =
  let! missing = Tls.load "none.pem" "key.pem"
  do! say (match missing | Ok _ -> "loaded" | Err problem -> problem)
  let! wrong = Tls.load "key.pem" "key.pem"
  do! say (match wrong | Ok _ -> "loaded" | Err _ -> "no certificate")
  match! Tls.load "certificate.pem" "key.pem"
  | Err problem -> say problem
  | Ok context ->
    match! Tcp.listen "127.0.0.1" 0
    | Err error -> say (Error.message error)
    | Ok listener ->
      let! _ = join (Tcp.serve_listener listener (fun socket _ -> greet context socket)) (clients listener)
      ret ()
