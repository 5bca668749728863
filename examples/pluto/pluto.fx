/// Pluto, a web server for the files of a folder: `pluto PORT FOLDER`.
import AccessLog
import Connection
import Console
import Error
import Int
import Site
import Tcp
import Time

let usage = """
  usage: pluto PORT FOLDER

  Serves the files of FOLDER at http://localhost:PORT/.
  With 0 for PORT it takes a free one and says which.
  """

let main (arguments : List String) : Int ! {Console, Connection.Web} =
  match arguments
  | [port, folder] ->
    match Int.parse port
    | Some port when port >= 0 && port <= 65_535 -> start port folder
    | _ -> wrong "\(port) is not a port: it must be a number from 0 to 65535"
  | _ -> wrong "a port and a folder are needed"

private let wrong (problem : String) : Int ! {Console} =
  do! Console.error_line "pluto: \(problem)\n\n\(usage)"
  ret 2

private let start (port : Int) (folder : String) : Int ! {Console, Connection.Web} =
  match! Site.open_folder folder
  | Err error -> wrong "\(folder): \(Error.message error)"
  | Ok site ->
    match! Tcp.listen "0.0.0.0" port
    | Err error ->
      do! Console.error_line "pluto: port \(port): \(Error.message error)"
      ret 1
    | Ok listener ->
      let port = Tcp.port listener
      let! now = Time.get
      do! AccessLog.started folder port (Time.rfc1123 now)
      do! Console.print_line "Pluto serves \(folder) at http://localhost:\(port)/"
      do! Tcp.serve_listener listener (fun socket peer -> Connection.serve site socket peer)
      ret 0
