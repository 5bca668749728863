# C12: under `ulimit -n 64` whoever wants a descriptor waits for one; only when nobody is left who could close one is there an error.
ulimit -n 64
cat > many_files.fx <<'FX'
import Console
import File
import List

let size (result : Result String Error) : Int =
  match result
  | Ok text -> String.length text
  | Err _ -> -1_000_000

let held (path : String) : Int ! {File} =
  match! File.with_file path (fun file -> File.read_at file 0 100)
  | Ok result -> ret (size result)
  | Err _ -> ret (-1_000_000)

let main (_ : List String) : Unit ! {Console, File} =
  let names = List.init 10_000 (fun n -> "many/\(n)")
  let! written = List.map_par (fun name -> File.write name name) names
  do! Console.print_line "\(List.count (fun one -> one == Ok ()) written) written"
  let! read = List.map_par (fun name -> let! text = File.read name in ret (size text)) names
  do! Console.print_line "\(List.fold (fun sum n -> sum + n) 0 read) bytes read whole"
  let! read = List.map_par held names
  Console.print_line "\(List.fold (fun sum n -> sum + n) 0 read) bytes read by handles"
FX
sed -i '1a import Error' many_files.fx
sed -i '/^import List/a import String' many_files.fx
mkdir many
FX_CHECK=1 fx run --release many_files.fx; echo "status $?"

# Handles that nobody closes: as many as there are descriptors, an error for each of the rest, and then for a connection and a listener too.
cat > kept.fx <<'FX'
import Console
import Error
import File
import List
import Tcp
import Time

let error_of (result : Result a Error) : Option Error =
  match result
  | Ok _ -> None
  | Err error -> Some error

let is_ok (result : Result a Error) : Bool = error_of result == None

let open_all (count : Int) : List (Result File.Handle Error) ! {File} = List.map_par (fun _ -> File.open_read "kept.fx") (List.init count (fun n -> n))

let close_one (handles : List (Result File.Handle Error)) : Unit ! {File, Time} =
  do! Time.sleep 20
  match handles
  | Ok file :: _ -> File.close file
  | _ -> ret ()

let tell (what : String) (result : Result a Error) : Unit ! {Console} =
  match result
  | Ok _ -> Console.print_line "\(what): done"
  | Err error -> Console.print_line "\(what): \(Error.message error)"

let main (_ : List String) : Unit ! {Console, File, Tcp, Time} =
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> Console.print_line (Error.message error)
  | Ok listener ->
    let! handles = open_all 100
    let opened = List.count is_ok handles
    let others = List.count (fun one -> error_of one == Some Error.TooManyFiles) handles
    do! Console.print_line "\(opened > 30 && opened < 64) \(opened + others)"
    let! client = Tcp.connect "127.0.0.1" (Tcp.port listener)
    do! tell "connect" client
    let! second = Tcp.listen "127.0.0.1" 0
    do! tell "listen" second
    // As soon as one is closed, who waits goes on.
    let! (second, ()) = join (Tcp.listen "127.0.0.1" 0) (close_one handles)
    do! tell "listen, while one is closed" second
    let! (client, ()) = join (Tcp.connect "127.0.0.1" (Tcp.port listener)) (close_one (List.drop 1 handles))
    do! tell "connect, while one is closed" client
    let! (file, ()) = join (File.open_read "kept.fx") (close_one (List.drop 2 handles))
    do! tell "open, while one is closed" file
    let! whole = File.read "kept.fx"
    do! tell "reading whole files" whole
    Tcp.close_listener listener
FX
FX_CHECK=1 fx run --release kept.fx; echo "status $?"
