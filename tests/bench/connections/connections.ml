open Lwt.Infix

let rec serve listener left =
  if left = 0 then Lwt.return_unit
  else Lwt_unix.accept listener >>= fun (socket, _) -> Lwt_unix.close socket >>= fun () -> serve listener (left - 1)

let rec connect_each address buffer left count =
  if left = 0 then Lwt.return count
  else
    let socket = Lwt_unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
    Lwt_unix.connect socket address >>= fun () ->
    Lwt_unix.read socket buffer 0 16 >>= fun length ->
    Lwt_unix.close socket >>= fun () -> connect_each address buffer (left - 1) (if length = 0 then count + 1 else count)

let main () =
  let listener = Lwt_unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  Lwt_unix.bind listener (Unix.ADDR_INET (Unix.inet_addr_loopback, 0)) >>= fun () ->
  Lwt_unix.listen listener 128;
  let client = connect_each (Lwt_unix.getsockname listener) (Bytes.create 16) 100_000 0 in
  Lwt.both (serve listener 100_000) client >|= snd

let () = Printf.printf "%d\n" (Lwt_main.run (main ()))
