open Lwt.Infix

let rec loop n sum = if n = 0 then Lwt.return sum else Lwt.pause () >>= fun () -> loop (n - 1) (sum + 1)
let () = Printf.printf "%d\n" (Lwt_main.run (loop 5_000_000 0))
