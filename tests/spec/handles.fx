/// Sockets and files among the parameters: where other parameters cannot stay unknown, they get values, and the handles stay what nobody looks into.
import Bytes
import Console
import Error
import File
import String
import Tcp

let write_counted (file : File.Handle) (text : String) : Result Unit Error ! {File} =
  File.write_at file 0 (Bytes.write Bytes.Big 4 (String.length text) ++ text)

spec writes_counted (file : File.Handle) (text : String) =
  write_counted file text runs
    File.write_at file 0 (Bytes.write Bytes.Big 4 (String.length text) ++ text) => Ok ()
  returns Ok ()

type Store = { file : File.Handle, name : String }

let mark (store : Store) : Result Unit Error ! {File} = File.write_at store.file 0 (Bytes.to_hex store.name)

/// Within a record.
spec marks (store : Store) =
  mark store runs
    File.write_at store.file 0 (Bytes.to_hex store.name) => Ok ()
  returns Ok ()

let send_all (sockets : List Tcp.Socket) (text : String) : Unit ! {Tcp} =
  match sockets
  | [] -> ret ()
  | socket :: rest ->
    let! _ = Tcp.write_all socket (Bytes.to_hex text)
    send_all rest text

/// In a list, as many as it may be; each is another one.
spec sends_all (sockets : List Tcp.Socket) (text : String) =
  send_all sockets text runs
    for socket in sockets
      Tcp.write_all socket (Bytes.to_hex text) => Ok ()
  returns ()

let close_any (file : Option File.Handle) : Unit ! {Console, File} =
  match file
  | None -> Console.print_line "nothing to close"
  | Some file -> File.close file

spec closes_any (file : Option File.Handle) =
  close_any file runs
    match file
    | None -> Console.print_line "nothing to close" => ()
    | Some file -> File.close file => ()
  returns ()
