open Lwt.Infix

(* Hangs up on as many clients as there will be. *)
let rec hang_up listener left =
  if left = 0 then Lwt.return_unit
  else Lwt_unix.accept listener >>= fun (socket, _) -> Lwt_unix.close socket >>= fun () -> hang_up listener (left - 1)

let rec connect_each address buffer left count =
  if left = 0 then Lwt.return count
  else
    let socket = Lwt_unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
    Lwt_unix.connect socket address >>= fun () ->
    Lwt_unix.read socket buffer 0 16 >>= fun length ->
    Lwt_unix.close socket >>= fun () -> connect_each address buffer (left - 1) (if length = 0 then count + 1 else count)

let serve () =
  let listener = Lwt_unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  Lwt_unix.bind listener (Unix.ADDR_INET (Unix.inet_addr_loopback, 0)) >>= fun () ->
  Lwt_unix.listen listener 128;
  (match Lwt_unix.getsockname listener with
  | Unix.ADDR_INET (_, port) -> Printf.printf "%d\n%!" port
  | _ -> assert false);
  hang_up listener 100_000

let ask port =
  let address = Unix.ADDR_INET (Unix.inet_addr_loopback, port) in
  connect_each address (Bytes.create 16) 100_000 0 >|= Printf.printf "%d\n"

let () = Lwt_main.run (if Sys.argv.(1) = "serve" then serve () else ask (int_of_string Sys.argv.(2)))
