open Lwt.Infix

let step n = if n mod 1_000_000 = 0 then Lwt.pause () >|= fun () -> 1 else Lwt.return 2
let rec loop n sum = if n = 0 then Lwt.return sum else step n >>= fun x -> loop (n - 1) (sum + x)
let () = Printf.printf "%d\n" (Lwt_main.run (loop 10_000_000 0))
