open Lwt.Infix

let rec rounds n won =
  if n = 0 then Lwt.return won
  else
    Lwt.pick [ (Lwt_unix.sleep 60. >|= fun () -> 0); (Lwt.pause () >|= fun () -> 1) ] >>= fun one ->
    rounds (n - 1) (won + one)

let () = Printf.printf "%d\n" (Lwt_main.run (rounds 1_000_000 0))
