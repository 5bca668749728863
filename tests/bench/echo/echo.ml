open Lwt.Infix

let rec echo socket buffer =
  Lwt_unix.read socket buffer 0 65536 >>= function
  | 0 -> Lwt_unix.close socket
  | length -> Lwt_unix.write socket buffer 0 length >>= fun _ -> echo socket buffer

let rec ask socket buffer left bytes =
  if left = 0 then Lwt_unix.close socket >|= fun () -> bytes
  else
    Lwt_unix.write_string socket "ping" 0 4 >>= fun _ ->
    Lwt_unix.read socket buffer 0 65536 >>= fun length -> ask socket buffer (left - 1) (bytes + length)

let tcp () =
  let socket = Lwt_unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  Lwt_unix.setsockopt socket Unix.TCP_NODELAY true;
  socket

let serve () =
  let listener = tcp () in
  Lwt_unix.bind listener (Unix.ADDR_INET (Unix.inet_addr_loopback, 0)) >>= fun () ->
  Lwt_unix.listen listener 128;
  (match Lwt_unix.getsockname listener with
  | Unix.ADDR_INET (_, port) -> Printf.printf "%d\n%!" port
  | _ -> assert false);
  Lwt_unix.accept listener >>= fun (socket, _) ->
  Lwt_unix.setsockopt socket Unix.TCP_NODELAY true;
  echo socket (Bytes.create 65536)

let ask_at port =
  let socket = tcp () in
  Lwt_unix.connect socket (Unix.ADDR_INET (Unix.inet_addr_loopback, port)) >>= fun () ->
  ask socket (Bytes.create 65536) 200_000 0 >|= Printf.printf "%d\n"

let () = Lwt_main.run (if Sys.argv.(1) = "serve" then serve () else ask_at (int_of_string Sys.argv.(2)))
